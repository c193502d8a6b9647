"""Read the repository with every linter: one line of verdict each, details where one objects.

Style and likely bugs (ruff), Odoo's conventions (pylint-odoo), references between modules
(odoo-linter), XML and CSV (OCA's checks), translations, syntax of JavaScript. Settings stand in
pyproject.toml and config/pylintrc, versions in config/requirements-dev.txt.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import console, odoo_source, paths, python_env, sizes
from tools.environment import lock

# Matters of taste that odoo-linter's settings leave out too (reasons: pyproject.toml).
XML_TASTE = "xml-field-numeric-without-eval,xml-header-wrong,xml-tag-position"
# Messages of pylint-odoo that do not fit here, with the reason.
PYLINT_DISABLED = {
    "manifest-required-author": "asks for one particular association as the author",
    "missing-readme": "wants README.rst; ours is README.md, made from readme/*.md",
    "method-required-super": "append-only ledgers refuse by not calling super",
    "consider-merging-classes-inherited": "a large model is split over files by meaning",
}


@dataclass(frozen=True)
class Check:
    """One linter: a command, or a function that yields findings."""

    title: str
    command: list[str] | None = None
    function: Callable[[Path], Iterator[str]] | None = None

    def findings(self, environ: dict[str, str]) -> str:
        """What the linter has to say, empty when it is content."""
        if self.function:
            return "\n".join(self.function(paths.REPO))
        done = subprocess.run(
            self.command, cwd=paths.REPO, env=environ, capture_output=True, text=True, check=False
        )
        said = done.stdout.strip() or done.stderr.strip()
        return (said or f"ended with code {done.returncode}") if done.returncode else ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `./suite lint`."""
    parser.add_argument("--fix", action="store_true", help="let ruff mend what it can, then check")
    parser.add_argument("--sizes", action="store_true", help="list all large files and methods")


def main(args: argparse.Namespace) -> int:
    """Run every check; 1 if one of them objects."""
    with lock():
        odoo = odoo_source.ensure_odoo()
        tools = python_env.ensure_venv(odoo, dev=True).parent
    environ = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    if args.fix:
        for command in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
            subprocess.run([tools / "ruff", *command, "."], cwd=paths.REPO, check=False)
    failed = [check.title for check in checks(odoo, tools) if not passes(check, environ)]
    show_sizes(sizes.report(paths.REPO), everything=args.sizes)
    console.say(f"lint: {', '.join(failed)} failed" if failed else "lint: all checks passed")
    return int(bool(failed))


def passes(check: Check, environ: dict[str, str]) -> bool:
    """Run one check and print its verdict."""
    started = time.monotonic()
    said = check.findings(environ)
    verdict = "FAILED" if said else "ok"
    console.say(f"{check.title:44} {verdict:7} {time.monotonic() - started:4.1f} s")
    if said:
        console.say("\n".join(f"    {line}" for line in said.splitlines()))
    return not said


def checks(odoo: Path, tools: Path) -> Iterator[Check]:
    """The linters, the quickest first."""
    ruff = [str(tools / "ruff")]
    yield Check("ruff check", [*ruff, "check", "--quiet", "--no-cache", "."])
    yield Check("ruff format", [*ruff, "format", "--check", "--no-cache", "."])
    yield Check("XML is well-formed", function=broken_xml)
    if shutil.which("node"):
        yield Check("JavaScript parses (node)", function=broken_javascript)
    yield from addon_checks(odoo, tools)


def addon_checks(odoo: Path, tools: Path) -> Iterator[Check]:
    """The linters that read add-ons; none where there is no add-on yet."""
    manifests = sorted(paths.ADDONS.glob("*/__manifest__.py"))
    folders = [str(manifest.parent.relative_to(paths.REPO)) for manifest in manifests]
    if not folders:
        return
    known = [odoo / "odoo" / "addons", *odoo_source.odoo_addons(odoo), "addons"]
    yield Check(
        "odoo-linter: references between modules",
        [str(tools / "odl"), "check", *(f"--addons-path={path}" for path in known), "addons"],
    )
    yield Check(
        "pylint-odoo",
        [
            str(tools / "pylint"),
            f"--rcfile={paths.CONFIG / 'pylintrc'}",
            f"--disable={','.join(PYLINT_DISABLED)}",
            *folders,
        ],
    )
    yield Check(
        "OCA's checks of modules",
        [str(tools / "oca-checks-odoo-module"), f"--disable={XML_TASTE}", *map(str, manifests)],
    )
    catalogs = [str(file) for file in sorted(paths.ADDONS.glob("*/i18n/*.po"))]
    if catalogs:
        oca = [str(tools / "oca-checks-po"), "--disable=po-pretty-format"]  # how lines wrap
        yield Check("OCA's checks of translations", [*oca, *catalogs])
        judge = [str(tools / "python"), "-m", "tools.translations"]
        yield Check("translations are complete", [*judge, *catalogs])


def broken_xml(root: Path) -> Iterator[str]:
    """XML files that do not parse."""
    for file in sorted(root.glob("addons/**/*.xml")):
        try:
            ElementTree.parse(file)
        except ElementTree.ParseError as error:
            yield f"{file.relative_to(root)}: {error}"


def broken_javascript(root: Path) -> Iterator[str]:
    """JavaScript modules that do not parse; style is left to the reader of the change.

    eslint and prettier would need a second package manager on every machine for few files.
    """
    for file in sorted(root.glob("addons/*/static/**/*.js")):
        if "lib" in file.parts:
            continue
        done = subprocess.run(
            ["node", "--input-type=module", "--check"],
            input=file.read_text(encoding="utf-8"),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            yield f"{file.relative_to(root)}: {done.stderr.strip()}"


def show_sizes(found: list[str], everything: bool) -> None:
    """Say what is large: places to look at, not failures."""
    shown = found if everything else found[:5]
    if found:
        console.say(f"large places to look at: {len(found)} (--sizes lists all)")
    for line in shown:
        console.say(f"    {line}")
