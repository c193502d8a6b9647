"""Remove what the suite has made outside the repository; asks first.

Lists what would go with its size: databases with their attachments, logs, downloads, the Odoo
tree, Python environments. Running servers are stopped. Databases on a server that PGHOST names
are not touched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from tools import cluster, console, paths, server
from tools.console import SuiteError
from tools.postgres_client import DATABASES

# Nothing but this is removed: SUITE_HOME may be a directory that holds other things too.
WHAT = {
    "apt": "package lists",
    "debs": "downloaded packages",
    "odoo-19": "Odoo from Debian's package",
    "odoo-git": "Odoo's source",
    "venv": "Python environments",
    "postgres": "PostgreSQL cluster with all its databases",
    "data": "attachments and sessions",
    "log": "logs",
    "run": "settings of servers",
    "odoo-19.partial": "half-unpacked Odoo",
    "odoo-git.partial": "half-cloned Odoo",
    "lock": "lock",
    "pdf-note": "note about PDF",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `./suite clean`."""
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--keep-cache", action="store_true", help="only databases and logs, keep what was fetched"
    )


def main(args: argparse.Namespace) -> int:
    """List, ask, stop, remove."""
    roots = [paths.state_dir()] + ([] if args.keep_cache else [paths.cache_dir()])
    parts = [part for root in roots for part in sorted(root.iterdir()) if part.name in WHAT]
    with console.step("Measuring"):
        sizes = {part: size(part) for part in parts}
    for part in parts:
        console.say(f"  {console.human_size(sizes[part]):>8}  {part}  ({WHAT[part.name]})")
    for name in database_names():
        console.say(f"            database {name}")
    if not parts:
        console.say("Nothing to remove.")
        return 0
    if not args.yes and not confirmed(sum(sizes.values())):
        console.say("Nothing removed.")
        return 1
    for item in server.all_running():
        server.stop(item)
    cluster.stop()
    with console.step("Removing"):
        remove(parts, roots)
    return 0


def database_names() -> list[str]:
    """Databases of the private cluster, where it runs and can say."""
    try:
        running = cluster.running()
        rows = running.query("postgres", DATABASES) if running else []
    except SuiteError as error:
        console.say(f"  (databases cannot be listed: {error})")
        return []
    return [name for [name] in rows]


def confirmed(total: float) -> bool:
    """Whether a person at the terminal says yes."""
    if not sys.stdin.isatty():
        raise SuiteError("nobody is there to answer: use --yes to remove without asking")
    answer = input(f"Remove all this, {console.human_size(total)}? [y/N] ")
    return answer.strip().lower() in ("y", "yes")


def remove(parts: list[Path], roots: list[Path]) -> None:
    """Delete the parts, then the directories that have become empty."""
    for part in parts:
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
    for root in roots:
        if root.is_dir() and not any(root.iterdir()):
            root.rmdir()


def size(path: Path) -> int:
    """Bytes on disk; a file with several hard links counts once."""
    seen: set[tuple[int, int]] = set()
    total = 0
    files = [path] if path.is_file() else []
    files += [Path(folder, name) for folder, _, names in os.walk(path) for name in names]
    for file in files:
        try:
            status = file.lstat()
        except FileNotFoundError:
            continue  # a running server has removed it meanwhile
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            total += status.st_blocks * 512
    return total
