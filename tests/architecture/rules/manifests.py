"""Manifests: licence, version, files, libraries."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import Addon, Repository
from .arrows import manifest_of

VERSION = re.compile(r"19\.0\.\d+\.\d+\.\d+")
REQUIRED = ("name", "summary", "version", "license", "category", "author", "depends")
# Libraries Odoo itself requires: an add-on may import them without listing them.
BROUGHT_BY_ODOO = frozenset(
    "babel dateutil docutils freezegun jinja2 lxml markupsafe num2words odoo openpyxl passlib PIL"
    " polib psycopg2 pytz reportlab requests stdnum urllib3 vobject werkzeug xlrd xlsxwriter"
    " zeep".split()
)


@rule("manifest-keys")
def check_keys(repository: Repository) -> Iterator[Finding]:
    """A manifest says what the add-on is, in which version, under LGPL-3."""
    for addon in repository.addons:
        for key in REQUIRED:
            if not addon.manifest.get(key):
                yield manifest_of(addon, f"{key} is missing")
        if addon.manifest.get("license") != "LGPL-3":
            yield manifest_of(addon, "the licence is LGPL-3")
        if not VERSION.fullmatch(str(addon.manifest.get("version"))):
            yield manifest_of(addon, "the version is 19.0.x.y.z")


def listed(addon: Addon) -> set[str]:
    """Files the manifest loads as data or demo."""
    return {*addon.manifest.get("data", []), *addon.manifest.get("demo", [])}


@rule("manifest-files-exist")
def check_files_exist(repository: Repository) -> Iterator[Finding]:
    """Every file a manifest lists exists."""
    for addon in repository.addons:
        for name in sorted(listed(addon)):
            if not (addon.path / name).is_file():
                yield manifest_of(addon, f"{name} does not exist")


@rule("manifest-files-listed")
def check_files_listed(repository: Repository) -> Iterator[Finding]:
    """Every data file of an add-on is loaded: a forgotten one is dead text."""
    for addon in repository.addons:
        known = listed(addon)
        for file in addon.files:
            name = file.relative_to(addon.path).as_posix()
            loadable = file.suffix in {".xml", ".csv"}
            aside = name.split("/")[0] in {"static", "tests", "migrations"}
            if loadable and not aside and name not in known:
                yield file, 0, "is not listed in the manifest"


@rule("manifest-assets-exist")
def check_assets_exist(repository: Repository) -> Iterator[Finding]:
    """Every asset pattern of a manifest finds a file."""
    for addon in repository.addons:
        for bundle, entries in addon.manifest.get("assets", {}).items():
            for entry in entries:
                pattern = entry if isinstance(entry, str) else entry[-1]
                head, _slash, rest = pattern.partition("/")
                if head == addon.name and not any(addon.path.glob(rest)):
                    yield manifest_of(addon, f"{bundle}: {pattern} finds no file")


@rule("manifest-libraries")
def check_libraries(repository: Repository) -> Iterator[Finding]:
    """A library Odoo does not bring is declared in `external_dependencies`."""
    for addon in repository.addons:
        declared = set(addon.manifest.get("external_dependencies", {}).get("python", []))
        known = sys.stdlib_module_names | BROUGHT_BY_ODOO | declared
        for source in addon.sources:
            for node in source.walk(ast.Import, ast.ImportFrom):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                else:
                    names = [] if node.level else [node.module or ""]
                for name in names:
                    if name.split(".")[0] not in known:
                        yield source.path, node.lineno, f"{name} is not declared in the manifest"
