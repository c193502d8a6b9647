"""Tests: found by every runner, able to fail, with their common parts in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ..rulebook import Finding, rule
from ..tree import Repository, Source, dotted

# A call with such a word in its name judges something, here or in a helper of the base case.
JUDGES = re.compile(
    r"assert|raises|refus|expect|check|tour|browser_js|fail|allow|denied|deny|must|verify|warns"
)


def functions(source: Source) -> Iterator[ast.FunctionDef]:
    """Test functions and methods of a file."""
    for node in source.walk(ast.FunctionDef):
        if node.name.startswith("test_"):
            yield node


def test_files(repository: Repository) -> Iterator[Source]:
    """All `test_*.py` of the repository."""
    for addon in repository.addons:
        yield from (source for source in addon.test_sources if source.path.match("test_*.py"))
    for path in sorted((repository.root / "tests").rglob("test_*.py")):
        yield Source(path)


@rule("tests-exist")
def check_exist(repository: Repository) -> Iterator[Finding]:
    """An add-on with Python code has tests."""
    for addon in repository.addons:
        has_code = bool(addon.models)
        if has_code and not any(source.path.match("test_*.py") for source in addon.test_sources):
            yield addon.path / "__manifest__.py", 0, f"{addon.name} has no tests"


@rule("tests-imported")
def check_imported(repository: Repository) -> Iterator[Finding]:
    """Odoo's own runner sees a test file only when `tests/__init__.py` imports it."""
    for addon in repository.addons:
        init = addon.path / "tests" / "__init__.py"
        text = init.read_text(encoding="utf-8") if init.exists() else ""
        names = {
            alias.name
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for source in addon.test_sources:
            stem = source.path.stem
            direct = source.path.parent == init.parent
            if direct and stem.startswith("test_") and stem not in names:
                yield source.path, 0, "is not imported in tests/__init__.py"


@rule("tests-packages")
def check_packages(repository: Repository) -> Iterator[Finding]:
    """A folder of tests is a package: files of the same name in two folders do not clash."""
    for source in test_files(repository):
        if not (source.path.parent / "__init__.py").exists():
            yield source.path.parent / "__init__.py", 0, "is missing"


@rule("tests-can-fail")
def check_can_fail(repository: Repository) -> Iterator[Finding]:
    """A test that judges nothing cannot fail: it is a defect."""
    for source in test_files(repository):
        for function in functions(source):
            nodes = list(ast.walk(function))
            judged = any(isinstance(node, ast.Assert) for node in nodes) or any(
                JUDGES.search(dotted(node.func).split(".")[-1].lower())
                for node in nodes
                if isinstance(node, ast.Call)
            )
            if not judged:
                yield source.path, function.lineno, f"{function.name} judges nothing"


@rule("tests-common")
def check_common(repository: Repository) -> Iterator[Finding]:
    """`tests/common.py` holds base cases and builders, no tests: they would run twice."""
    for addon in repository.addons:
        for source in addon.test_sources:
            if source.path.name == "common.py":
                for function in functions(source):
                    yield source.path, function.lineno, f"{function.name} belongs to a test file"


@rule("tests-no-focus")
def check_focus(repository: Repository) -> Iterator[Finding]:
    """No JavaScript test is left alone or in debug mode: the others would not run."""
    for addon in repository.addons:
        for file in addon.files:
            if file.name.endswith(".js"):
                yield from _focused(file)


def _focused(file: Path) -> Iterator[Finding]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if re.search(r"\b(test|describe)\.(only|debug)\b", line):
            yield file, number, line.strip()
