"""Places to look at because they are large: information, never a verdict.

A thought is not cut in two for a number; see CONTRIBUTING.md.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FILE_LINES, CLASS_LINES, METHOD_LINES = 250, 200, 25
SUFFIXES = {".py", ".xml", ".js"}
FOLDERS = ("addons", "tools", "tests")


def report(root: Path) -> list[str]:
    """One line per large file, class or method, the largest excess first."""
    found = [item for file in product_files(root) for item in measure(file)]
    found.sort(key=lambda item: item[0], reverse=True)
    return [f"{path.relative_to(root)}:{line}: {text}" for _excess, path, line, text in found]


def product_files(root: Path) -> Iterator[Path]:
    """Files that people read and edit; generated and borrowed ones are left out."""
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            borrowed = {"lib", "description", "__pycache__"} & set(file.parts)
            if file.suffix in SUFFIXES and not borrowed:
                yield file


def measure(file: Path) -> Iterator[tuple[float, Path, int, str]]:
    """What of a file is larger than the example: (times the size, file, line, sentence)."""
    text = file.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    if lines > FILE_LINES:
        yield lines / FILE_LINES, file, 1, f"file of {lines} lines"
    if file.suffix != ".py":
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        is_class = isinstance(node, ast.ClassDef)
        limit = CLASS_LINES if is_class else METHOD_LINES
        length = node.end_lineno - node.lineno + 1
        if length > limit:
            kind = "class" if is_class else "method"
            yield length / limit, file, node.lineno, f"{kind} {node.name} of {length} lines"
