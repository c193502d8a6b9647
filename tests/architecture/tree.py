"""The repository as the rules see it: add-ons, Python sources with their comments, XML records.

Everything here reads files and parses them once; nothing imports an add-on or Odoo, so a broken
add-on is still judged and the whole check takes about a second.
"""

from __future__ import annotations

import ast
import csv
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

# Add-ons that several features stand on (architecture, decision 1).
KERNEL = frozenset({"crm_deadline"})
SKIPPED_PARTS = frozenset({".git", "__pycache__", "node_modules", ".venv", ".ruff_cache"})
# Folders that need no listing in a manifest, and are not the add-on's own code.
PRODUCT_FOLDERS = ("models", "wizard", "report", "controllers", "logic", "hooks.py", "__init__.py")


class Source:
    """One Python file: its text, tree, and the comments by line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree, each node knowing its `parent`."""
        tree = ast.parse(self.text, str(self.path))
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node
        return tree

    @cached_property
    def comments(self) -> dict[int, str]:
        """Comment text by line number."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return {
            token.start[0]: token.string.lstrip("# ")
            for token in tokens
            if token.type == tokenize.COMMENT
        }

    def is_explained(self, node: ast.AST) -> bool:
        """Whether a comment stands beside the call or above it, with no blank line between."""
        lines = self.text.splitlines()
        statement = node
        while not isinstance(statement, ast.stmt):
            statement = statement.parent
        compound = hasattr(statement, "body")
        number = node.end_lineno if compound else statement.end_lineno
        while number and lines[number - 1].strip():
            if number in self.comments:
                return True
            if lines[number - 1].lstrip().startswith(("def ", "class ", "@")):
                return False
            number -= 1
        return False

    def walk(self, *kinds: type) -> Iterator[ast.AST]:
        """The nodes of these kinds."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


@dataclass(frozen=True)
class Model:
    """One model class of an add-on, read from its source."""

    name: str
    is_new: bool  # defines the model rather than extending one
    kind: str  # Model, TransientModel or AbstractModel
    node: ast.ClassDef
    source: Source
    fields: dict[str, ast.Call]

    @property
    def underscored(self) -> str:
        return self.name.replace(".", "_")

    def has_table(self) -> bool:
        """Whether records exist that somebody may be allowed to read."""
        return self.kind != "AbstractModel"


class Addon:
    """One add-on: manifest, files, models, XML records."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name

    @cached_property
    def manifest(self) -> dict:
        return ast.literal_eval((self.path / "__manifest__.py").read_text(encoding="utf-8"))

    @property
    def depends(self) -> list[str]:
        return list(self.manifest.get("depends", []))

    @property
    def is_bridge(self) -> bool:
        return bool(self.manifest.get("auto_install"))

    @cached_property
    def files(self) -> list[Path]:
        return sorted(file for file in self.path.rglob("*") if is_ours(file, self.path))

    @cached_property
    def sources(self) -> list[Source]:
        """Product code: neither tests nor the manifest."""
        return [
            Source(file)
            for file in self.files
            if file.suffix == ".py"
            and file.name != "__manifest__.py"
            and "tests" not in file.relative_to(self.path).parts
        ]

    @cached_property
    def test_sources(self) -> list[Source]:
        return [Source(file) for file in self.files if file.match("tests/*.py")]

    @cached_property
    def models(self) -> list[Model]:
        return [model for source in self.sources for model in models_of(source)]

    @cached_property
    def xml_files(self) -> list[Path]:
        """XML that Odoo loads as records: data, views, security, demo."""
        skipped = {"static", "tests"}
        return [
            file
            for file in self.files
            if file.suffix == ".xml" and not skipped & set(file.relative_to(self.path).parts)
        ]

    @cached_property
    def records(self) -> list[tuple[Path, etree._Element]]:
        """Every `<record>` with the file it stands in."""
        return [
            (file, record)
            for file in self.xml_files
            for record in etree.parse(str(file)).getroot().iter("record")
        ]

    @cached_property
    def access_rows(self) -> list[dict[str, str]]:
        """Lines of `ir.model.access.csv`."""
        path = self.path / "security" / "ir.model.access.csv"
        if not path.exists():
            return []
        return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


class Repository:
    """The whole tree."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def addons(self) -> list[Addon]:
        manifests = sorted(self.root.glob("addons/*/__manifest__.py"))
        return [Addon(manifest.parent) for manifest in manifests]

    @cached_property
    def by_name(self) -> dict[str, Addon]:
        return {addon.name: addon for addon in self.addons}

    @cached_property
    def files(self) -> list[Path]:
        return sorted(file for file in self.root.rglob("*") if is_ours(file, self.root))

    def closure(self, addon: Addon) -> set[str]:
        """The repository's add-ons that `addon` stands on, itself included."""
        found, todo = set(), [addon.name]
        while todo:
            name = todo.pop()
            if name in self.by_name and name not in found:
                found.add(name)
                todo += self.by_name[name].depends
        return found


def is_ours(file: Path, root: Path) -> bool:
    """Whether a path is a file of the project rather than something a tool left there."""
    parts = file.relative_to(root).parts
    return file.is_file() and not SKIPPED_PARTS & set(parts)


def dotted(node: ast.AST) -> str:
    """`self.env.cr` as text; calls and subscripts in the chain become `()` and `[]`."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{dotted(node.value)}.{node.attr}"
        case ast.Call():
            return f"{dotted(node.func)}()"
        case ast.Subscript():
            return f"{dotted(node.value)}[]"
    return "?"


def constant(node: ast.AST | None) -> object:
    """The value of a literal, or None."""
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None


def keyword(call: ast.Call, name: str) -> ast.AST | None:
    """The value given to a keyword of a call."""
    return next((item.value for item in call.keywords if item.arg == name), None)


def assignments(node: ast.ClassDef) -> dict[str, ast.AST]:
    """Names assigned in a class body, with their values."""
    return {
        statement.targets[0].id: statement.value
        for statement in node.body
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
    }


def models_of(source: Source) -> Iterator[Model]:
    """The Odoo models a file defines or extends."""
    kinds = {f"models.{kind}": kind for kind in ("Model", "TransientModel", "AbstractModel")}
    for node in source.walk(ast.ClassDef):
        kind = next((kinds[dotted(base)] for base in node.bases if dotted(base) in kinds), None)
        if not kind:
            continue
        body = assignments(node)
        inherit = constant(body.get("_inherit")) or []
        parents = [inherit] if isinstance(inherit, str) else list(inherit)
        name = constant(body.get("_name")) or (parents[0] if len(parents) == 1 else "")
        fields = {
            key: value
            for key, value in body.items()
            if isinstance(value, ast.Call) and dotted(value.func).startswith("fields.")
        }
        yield Model(str(name), name not in parents, kind, node, source, fields)
