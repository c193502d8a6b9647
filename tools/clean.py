"""Remove what the suite has made outside the repository; asks first.

Lists what would go with its size: databases with their attachments, logs, downloads, the Odoo
tree, Python environments. Running servers are stopped. Only databases of the private cluster go.
Those on a server that PGHOST names, now or at another time, stay with their attachments.
"""

from __future__ import annotations

import argparse
import getpass
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from tools import cluster, console, environment, paths, server
from tools.console import SuiteError
from tools.postgres_client import DATABASES, PORT, Postgres, find_bin_dir

# Nothing but this is removed: SUITE_HOME may be a directory that holds other things too. The empty
# file of the lock stays: who waits for it must not get another one than who comes later.
WHAT = {
    "apt": "package lists",
    "debs": "downloaded packages",
    "odoo-19": "Odoo from Debian's package",
    "odoo-git": "Odoo's source",
    "venv": "Python environments",
    "pycache": "compiled Python",
    "postgres": "PostgreSQL cluster with all its databases",
    "data": "attachments and sessions",
    "log": "logs",
    "run": "settings of servers",
    "odoo-19.partial": "half-unpacked Odoo",
    "odoo-git.partial": "half-cloned Odoo",
    "pdf-note": "note about PDF",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `./suite clean`."""
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--keep-cache", action="store_true", help="only databases and logs, keep what was fetched"
    )


def main(args: argparse.Namespace) -> int:
    """List, ask, stop, remove; nobody else sets things up meanwhile."""
    with environment.lock():
        ours = private_databases()
        kept = stores_to_keep(ours, foreign_databases())
        parts = find_parts(kept, keep_cache=args.keep_cache)
        total = show(parts, ours or set(), kept)
        if not parts:
            console.say("Nothing to remove.")
            return 0
        if not args.yes and not confirmed(total):
            console.say("Nothing removed.")
            return 1
        if paths.state_dir() / "run" in parts:  # to ask for servers makes it
            for item in server.all_running():
                server.stop(item)
        cluster.stop()
        with console.step("Removing"):
            remove(parts)
    return 0


def private_databases() -> set[str] | None:
    """Databases of the private cluster, started if need be; None when it cannot say."""
    was_running = cluster.running()
    try:
        private = was_running or cluster.started()
        return {name for [name] in private.query("postgres", DATABASES)} if private else set()
    except SuiteError as error:
        console.say(f"  (databases cannot be listed: {error})")
        return None
    finally:
        if not was_running:
            cluster.stop()


def foreign_databases() -> set[str] | None:
    """Databases of the server that PGHOST names, none without it; None when it cannot say."""
    host = os.environ.get("PGHOST")
    if not host or host == str(cluster.socket_dir()):
        return set()
    bin_dir = find_bin_dir("psql")
    if bin_dir is None:
        return None
    port, user = int(os.environ.get("PGPORT") or PORT), os.environ.get("PGUSER")
    theirs = Postgres(host, port, user or getpass.getuser(), False, bin_dir)
    try:
        return {name for [name] in theirs.query("postgres", DATABASES)}
    except SuiteError as error:
        console.say(f"  (databases on {host} cannot be listed: {error})")
        return None


def file_stores() -> Path:
    """The directory with a directory of attachments per database."""
    return paths.state_dir() / "data" / "filestore"


def stores_to_keep(ours: set[str] | None, theirs: set[str] | None) -> set[str]:
    """Names of the file stores that stay: all but those of databases which go for certain.

    The databases of other servers share the directory. A store goes with its database in the
    private cluster unless a database of the same name is on the other server; when one of the two
    servers cannot say what it has, all stay.
    """
    folder = file_stores()
    stores = {store.name for store in folder.iterdir()} if folder.is_dir() else set()
    if ours is None or theirs is None:
        return stores
    return stores - (ours - theirs)


def find_parts(kept: set[str], keep_cache: bool) -> dict[Path, str]:
    """What is to be removed, with what it is."""
    roots = [paths.state_dir()] + ([] if keep_cache else [paths.cache_dir()])
    parts = {p: WHAT[p.name] for root in roots for p in sorted(root.iterdir()) if p.name in WHAT}
    if kept:
        stores = file_stores()
        what = parts.pop(stores.parent)
        inside = [*stores.parent.iterdir(), *stores.iterdir()]
        spared = {stores, *(stores / name for name in kept)}
        parts |= {part: what for part in sorted(inside) if part not in spared}
    return parts


def show(parts: dict[Path, str], databases: set[str], kept: set[str]) -> float:
    """List what would go and what stays; returns the bytes that would be free."""
    with console.step("Measuring"):
        sizes = {part: size(part) for part in parts}
    for part, what in parts.items():
        console.say(f"  {console.human_size(sizes[part]):>8}  {part}  ({what})")
    for name in sorted(databases):
        console.say(f"            database {name}")
    for name in sorted(kept):
        console.say(f"     stays  {file_stores() / name}  (its database may be on another server)")
    return sum(sizes.values())


def confirmed(total: float) -> bool:
    """Whether a person at the terminal says yes."""
    if not sys.stdin.isatty():
        raise SuiteError("nobody is there to answer: use --yes to remove without asking")
    answer = input(f"Remove all this, {console.human_size(total)}? [y/N] ")
    return answer.strip().lower() in ("y", "yes")


def remove(parts: Iterable[Path]) -> None:
    """Delete the parts, then the cache where nothing else is in it."""
    for part in parts:
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
    cache = paths.cache_dir()
    if not any(cache.iterdir()):
        cache.rmdir()


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
