"""The repository's add-ons: manifests, dependency closure, content digests."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import paths
from tools.console import SuiteError

# Folders that a prepared database does not depend on: tests are read from disk, Odoo compiles
# what is in `static` when a page asks for it, the rest is documentation.
NOT_IN_DATABASE = {"tests", "static", "readme", "doc", "docs", "__pycache__"}
DATA_SUFFIXES = {".xml", ".csv", ".po", ".pot", ".sql", ".html", ".json", ".txt"}
# Python that runs while a module is installed or updated counts with every statement.
RUN_AT_INSTALL_FILES = {"hooks.py", "__init__.py", "__manifest__.py"}
RUN_AT_INSTALL_METHODS = {"init", "_auto_init"}


@dataclass(frozen=True)
class Manifest:
    """What the tools need to know of an add-on."""

    name: str
    path: Path
    version: str
    depends: tuple[str, ...]
    auto_install: bool
    summary: str
    values: dict[str, Any]  # the manifest as written


def all_addons(root: Path = paths.ADDONS) -> dict[str, Manifest]:
    """Every installable add-on under `root` by technical name, sorted."""
    manifests = (read_manifest(file.parent) for file in sorted(root.glob("*/__manifest__.py")))
    return {item.name: item for item in manifests if item.values.get("installable", True)}


def read_manifest(path: Path) -> Manifest:
    """The manifest of the add-on in directory `path`; a SuiteError names one that is broken."""
    file = path / "__manifest__.py"
    try:
        values = ast.literal_eval(file.read_text(encoding="utf-8"))
        return Manifest(
            name=path.name,
            path=path,
            version=str(values.get("version", "")),
            depends=tuple(values.get("depends", ["base"])),
            auto_install=bool(values.get("auto_install", False)),
            summary=str(values.get("summary") or values.get("name") or path.name),
            values=values,
        )
    except (SyntaxError, ValueError, AttributeError, TypeError) as error:
        raise SuiteError(f"{file}: the manifest is not a plain dictionary ({error})") from error


def closure(names: Iterable[str], known: dict[str, Manifest]) -> list[str]:
    """`names` and the repository's add-ons they depend on, dependencies first."""
    ordered: list[str] = []

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            raise SuiteError(f"add-ons depend on each other: {' -> '.join((*trail, name))}")
        if name not in known or name in ordered:
            return
        for dependency in known[name].depends:
            visit(dependency, (*trail, name))
        ordered.append(name)

    for name in sorted(names):
        visit(name, ())
    return ordered


def outside_dependencies(names: Iterable[str], known: dict[str, Manifest]) -> list[str]:
    """Odoo's own modules that the closure of `names` depends on directly, sorted."""
    inside = closure(names, known)
    return sorted({dep for name in inside for dep in known[name].depends} - set(known))


def select(wanted: str | None, known: dict[str, Manifest]) -> list[str]:
    """The add-ons of a `--with A,B` argument (all without one); unknown names are an error."""
    if not known:
        raise SuiteError(f"no add-ons in {paths.ADDONS}")
    if wanted is None:
        return list(known)
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        which = f"unknown add-on {', '.join(unknown)}" if unknown else "no add-on named"
        raise SuiteError(f"{which}; the repository has: {', '.join(known)}")
    return sorted(set(names))


def version_key(version: str) -> tuple[int, ...]:
    """A version that compares: `19.0.1.10.0` is newer than `19.0.1.9.0`."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def digest(names: Iterable[str], root: Path = paths.ADDONS) -> str:
    """Hash of the content of these add-ons that a prepared database depends on.

    Manifests, data, views, security, translations and the shape of the Python code count:
    models, fields, decorators, signatures, constants. The body of an ordinary method, a
    docstring, a comment, the layout of code, tests, documentation and `static` do not: the
    server reads them from disk. The hash is comparable between runs of one Python version.
    """
    total = hashlib.sha256()
    for name in sorted(names):
        for file in relevant_files(root / name):
            total.update(f"{name}/{file.relative_to(root / name)}\0".encode())
            total.update(hashlib.sha256(relevant_content(file)).digest())
    return total.hexdigest()


def relevant_files(addon: Path) -> Iterator[Path]:
    """Files of an add-on that `digest` reads, in a fixed order."""
    for file in sorted(addon.rglob("*")):
        folders = file.relative_to(addon).parts[:-1]
        if NOT_IN_DATABASE.isdisjoint(folders) and file.suffix in DATA_SUFFIXES | {".py"}:
            yield file


def relevant_content(file: Path) -> bytes:
    """The part of a file that `digest` hashes."""
    content = file.read_bytes()
    if file.suffix != ".py" or "migrations" in file.parts:
        return content
    try:
        tree = ast.parse(content)
    except SyntaxError:
        return content  # Odoo will say what is wrong with it
    if file.name not in RUN_AT_INSTALL_FILES:
        tree = _Shape().visit(tree)
    return ast.dump(tree).encode()


class _Shape(ast.NodeTransformer):
    """Leave out what only runs when a method is called, and docstrings."""

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        if node.name not in RUN_AT_INSTALL_METHODS:
            node.body = [ast.Pass()]
        return node

    visit_FunctionDef = _visit_function
    visit_AsyncFunctionDef = _visit_function

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
        return node
