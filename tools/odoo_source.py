"""Find or fetch Odoo 19.

In this order: the tree that ODOO_HOME names; an importable `odoo` 19; Debian's package `odoo-19`,
unpacked into the cache; a shallow clone of the official source.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import console, debian_odoo, paths, process
from tools.console import Progress, SuiteError

SERIES = 19
BRANCH = "19.0"
GIT_URL = "https://github.com/odoo/odoo.git"
CLONE_BYTES = 3_000_000_000
BY_HAND = "get Odoo 19 yourself and set ODOO_HOME to its directory"

# Import in another process: an `odoo` of another series must not stay loaded in this one.
FIND_IMPORTABLE = "import odoo.release, pathlib; print(pathlib.Path(odoo.release.__file__).parent)"


def ensure_odoo() -> Path:
    """The directory that holds the package `odoo` of Odoo 19, fetched when there is none."""
    if os.environ.get("ODOO_HOME"):
        return from_home(Path(os.environ["ODOO_HOME"]).expanduser().absolute())
    found = importable()
    if found:
        return found
    for cached in (debian_odoo.tree(), git_tree()):
        if series(cached) == SERIES:
            return cached
    fetched = debian_odoo.fetch()
    return fetched if fetched else clone()


def odoo_addons(odoo: Path) -> list[Path]:
    """Add-on directories of an Odoo tree beside the package's own, which Odoo always adds."""
    addons = odoo / "addons"
    return [addons] if (addons / "web" / "static" / "src").is_dir() else []


def series(tree: Path) -> int | None:
    """The major version of the Odoo in `tree`, or None where there is none."""
    release = tree / "odoo" / "release.py"
    if not release.is_file():
        return None
    match = re.search(r"^version_info = \((\d+)", release.read_text(encoding="utf-8"), re.M)
    return int(match[1]) if match else None


def from_home(home: Path) -> Path:
    """The tree that ODOO_HOME names; the directory `odoo` itself is understood too."""
    for tree in (home, home.parent if home.name == "odoo" else home):
        found = series(tree)
        if found == SERIES:
            return tree
        if found is not None:
            raise SuiteError(f"ODOO_HOME={home} holds Odoo {found}, Odoo {SERIES} is needed")
    raise SuiteError(f"ODOO_HOME={home} holds no Odoo: {home / 'odoo' / 'release.py'} is missing")


def importable() -> Path | None:
    """The tree of an Odoo 19 that this Python imports already."""
    # -P would hide our own directory, but needs 3.11: run from a place without an `odoo`.
    answer = subprocess.run(
        [sys.executable, "-c", FIND_IMPORTABLE],
        capture_output=True,
        text=True,
        check=False,
        cwd=paths.cache_dir(),
    )
    tree = Path(answer.stdout.strip()).parent if answer.returncode == 0 else None
    return tree if tree and series(tree) == SERIES else None


def git_tree() -> Path:
    """Where a clone of the official source is kept."""
    return paths.cache_dir() / "odoo-git"


def clone() -> Path:
    """A shallow clone of the official source, complete or not there at all."""
    if not shutil.which("git"):
        raise SuiteError(f"no Odoo 19 in the package mirror and no git to clone it; {BY_HAND}")
    process.check_space(paths.cache_dir(), CLONE_BYTES, "a clone of Odoo")
    url = os.environ.get("SUITE_ODOO_GIT") or GIT_URL
    target = git_tree()
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    log = paths.log_dir() / "git.log"
    command = ["git", "clone", "--progress", "--depth", "1", "--branch", BRANCH, url, str(partial)]
    with console.step(f"Cloning Odoo {BRANCH}") as progress:
        code = process.run(
            command,
            log_path=log,
            progress=progress,
            on_line=show_git_progress,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
        )
        if code != 0:
            reason = process.last_line(process.tail(log))
            raise SuiteError(
                f"Odoo 19 can be had neither as a package ({debian_odoo.problem()}) nor as source "
                f"({reason}); check the network, or {BY_HAND}"
            )
        if series(partial) != SERIES:
            raise SuiteError(f"the source cloned from SUITE_ODOO_GIT is not Odoo 19; {BY_HAND}")
        shutil.rmtree(target, ignore_errors=True)
        partial.rename(target)
    return target


def show_git_progress(line: str, progress: Progress) -> None:
    """`Receiving objects:  12% (5000/41234), 30.1 MiB | 9 MiB/s` as percent and text."""
    match = re.match(r"(?:remote: )?([A-Z][a-z ]+): +(\d+)%", line)
    if match:
        progress.update(float(match[2]), match[1].lower())
