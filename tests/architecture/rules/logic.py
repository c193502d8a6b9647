"""`logic/` is pure: typed functions over plain values, no Odoo, no clock, no input or output."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import Repository, Source, dotted

IMPURE_MODULES = frozenset(
    "asyncio builtins http importlib io logging multiprocessing os pathlib random secrets shutil"
    " socket sqlite3 subprocess sys tempfile threading time urllib".split()
)
IMPURE_CALLS = {"now", "utcnow", "today"}
IMPURE_BUILTINS = {"open", "print", "input", "exec", "eval"}


def logic(repository: Repository) -> Iterator[Source]:
    """Files of all `logic/` packages."""
    for addon in repository.addons:
        for source in addon.sources:
            if source.path.relative_to(addon.path).parts[0] == "logic":
                yield source


@rule("logic-imports")
def check_imports(repository: Repository) -> Iterator[Finding]:
    """`logic/` imports the standard library's pure parts and its own neighbours only."""
    for source in logic(repository):
        depth = 1 + len(source.path.parts) - source.path.parts.index("logic") - 2
        for node in source.walk(ast.Import, ast.ImportFrom):
            where = source.path, node.lineno
            if isinstance(node, ast.ImportFrom) and node.level:
                if node.level > depth:
                    yield *where, "imports from outside logic/"
                continue
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
            )
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names or top in IMPURE_MODULES:
                    yield *where, f"imports {name}"


@rule("logic-pure")
def check_calls(repository: Repository) -> Iterator[Finding]:
    """`logic/` asks no clock and does no input or output: time is an argument."""
    for source in logic(repository):
        for node in source.walk(ast.Call):
            name = dotted(node.func)
            clock = "." in name and name.split(".")[-1] in IMPURE_CALLS
            if clock or name in IMPURE_BUILTINS:
                yield source.path, node.lineno, f"calls {name}()"


@rule("logic-typed")
def check_types(repository: Repository) -> Iterator[Finding]:
    """Functions of `logic/` say what they take and return; public ones explain themselves."""
    for source in logic(repository):
        for node in source.walk(ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            free = {"self", "cls"}
            bare = [item.arg for item in arguments if not item.annotation and item.arg not in free]
            where = source.path, node.lineno
            if bare or not node.returns:
                yield *where, f"{node.name}: no type for {', '.join(bare) or 'the result'}"
            nested = not isinstance(node.parent, ast.Module | ast.ClassDef)
            private = node.name.startswith("_")
            if not (private or nested or ast.get_docstring(node)):
                yield *where, f"{node.name} has no docstring"
