"""Databases and their file stores: make, copy, drop, and run Odoo on them."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from tools import console, process
from tools.console import Progress, SuiteError
from tools.environment import Environment
from tools.postgres_client import DATABASES

# PostgreSQL cuts names at 63 bytes; the suite adds suffixes of up to 12.
NAME = re.compile(r"[a-z][a-z0-9_-]{0,49}")
RESERVED = ("postgres", "template0", "template1")
STAMP_MARK = "suite:"

# 2026-01-31 09:15:02,123 4711 WARNING mydb odoo.modules.loading: text
LOG_LINE = re.compile(r"^[\d-]{10} [\d:,]{12} \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[\w.\[\]-]+): ")
LOADING = re.compile(r"odoo\.modules\.loading: (?:Loading|loading) module (\w+) \((\d+)/(\d+)\)")
ALARMING = ("WARNING", "ERROR", "CRITICAL")
# Said by Odoo or its libraries, whatever the add-ons do.
NOISE = (
    re.compile(r"Running as user 'root' is a security risk"),
    re.compile(r" py\.warnings: "),
    re.compile(r"Python \S+ is not officially supported"),
)


def check_name(name: str) -> str:
    """The name of a database as it was given, or a SuiteError that says what a name may be."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise SuiteError(
            f"{name!r} cannot be the name of a database: a small letter, then at most 49 small "
            "letters, digits, _ or -"
        )
    return name


def query(env: Environment, db: str, sql: str, **values: str) -> list[list[str]]:
    """Rows of one statement as text; write `:'name'` in the SQL for the value of `name`."""
    return env.pg.query(db, sql, **values)


def names(env: Environment) -> list[str]:
    """Databases on the server, without PostgreSQL's own."""
    return sorted(name for [name] in query(env, "postgres", DATABASES))


def exists(env: Environment, name: str) -> bool:
    """Whether the server has a database of this name."""
    sql = "SELECT 1 FROM pg_database WHERE datname = :'name'"
    return bool(query(env, "postgres", sql, name=name))


def filestore(env: Environment, name: str) -> Path:
    """The directory with the attachments of a database."""
    return env.data_dir / "filestore" / name


def drop(env: Environment, name: str) -> None:
    """Remove a database and its file store, whoever is connected; quiet when there is none."""
    try:
        query(env, "postgres", 'DROP DATABASE IF EXISTS :"name" WITH (FORCE)', name=name)
    except console.SuiteError:
        # a worker of autovacuum is not ours to end: without force PostgreSQL ends it by itself
        query(env, "postgres", 'DROP DATABASE IF EXISTS :"name"', name=name)
    shutil.rmtree(filestore(env, name), ignore_errors=True)


def copy(env: Environment, source: str, target: str) -> None:
    """Copy a database (as a template) and its file store (by hard links).

    Hard links are safe: Odoo never changes a file of its store, it writes new ones. Nobody may be
    connected to `source`. The stamp is not copied.
    """
    query(env, "postgres", 'CREATE DATABASE :"dst" TEMPLATE :"src"', src=source, dst=target)
    shutil.rmtree(filestore(env, target), ignore_errors=True)
    if filestore(env, source).is_dir():
        shutil.copytree(filestore(env, source), filestore(env, target), copy_function=os.link)


def rename(env: Environment, source: str, target: str) -> None:
    """Rename a database and its file store; the stamp goes with it."""
    # The file store first: a database whose attachments are missing would look complete.
    shutil.rmtree(filestore(env, target), ignore_errors=True)
    if filestore(env, source).is_dir():
        filestore(env, source).rename(filestore(env, target))
    query(env, "postgres", 'ALTER DATABASE :"src" RENAME TO :"dst"', src=source, dst=target)


def odoo(
    env: Environment,
    *args: str,
    log_path: Path,
    title: str,
    config: Path | None = None,
) -> list[str]:
    """Run `odoo SUBCOMMAND -c CONFIG ...` showing the modules load.

    The first argument is Odoo's sub-command (`server`, `db`, `i18n`...). Returns the lines of
    level WARNING and above that are not Odoo's own noise. A failure is a SuiteError that quotes
    the cause and names the log, which holds the output of this run only.
    """
    subcommand, *rest = args
    command = [env.odoo_bin, subcommand, "-c", config or env.config, *rest]
    log_path.parent.mkdir(parents=True, exist_ok=True)
    log_path.write_bytes(b"")
    with console.step(title) as progress:
        code = process.run(
            command,
            log_path=log_path,
            progress=progress,
            on_line=show_loading,
            env=env.environ(),
        )
        text = log_path.read_text(encoding="utf-8", errors="replace")
        if code != 0:
            raise SuiteError(f"{title} failed: {failure(text)} (log: {log_path})")
    return alarming_lines(text)


def show_loading(line: str, progress: Progress) -> None:
    """`Loading module crm (26/27)` as percent and text."""
    match = LOADING.search(line)
    if match:
        name, number, total = match[1], int(match[2]), int(match[3])
        # `base` is loaded alone, before Odoo knows how many modules follow.
        percent = 100 * number / total if total > 1 else None
        progress.update(percent, f"{name} ({number}/{total})" if percent else name)


def alarming_lines(log: str) -> list[str]:
    """Lines of level WARNING and above, without Odoo's own noise."""
    lines = []
    for line in log.splitlines():
        match = LOG_LINE.match(line)
        if match and match["level"] in ALARMING and not any(n.search(line) for n in NOISE):
            lines.append(line)
    return lines


def failure(log: str) -> str:
    """The line of an Odoo log that says why it ended: the exception, else the last error."""
    lines = [line for line in log.splitlines() if line.strip()]
    for index in range(len(lines) - 1, -1, -1):
        # The exception stands in the first line after a traceback that is not indented.
        if lines[index].startswith("Traceback (most recent"):
            after = [line for line in lines[index + 1 :] if not line.startswith(" ")]
            if after:
                return after[0]
    errors = [line for line in alarming_lines(log) if " WARNING " not in line]
    return errors[-1] if errors else process.last_line(log)


def installed_versions(env: Environment, db: str) -> dict[str, str]:
    """Installed modules of the database with the version they were installed in."""
    if not query(env, db, "SELECT 1 FROM pg_tables WHERE tablename = 'ir_module_module'"):
        return {}
    sql = """
        SELECT name, coalesce(latest_version, '') FROM ir_module_module
         WHERE state IN ('installed', 'to upgrade', 'to remove')
    """
    return dict(query(env, db, sql))


def get_stamp(env: Environment, db: str) -> dict[str, Any] | None:
    """What `set_stamp` wrote for this database, or None."""
    sql = """
        SELECT shobj_description(oid, 'pg_database') FROM pg_database
         WHERE datname = :'name' AND shobj_description(oid, 'pg_database') IS NOT NULL
    """
    rows = query(env, "postgres", sql, name=db)
    text = rows[0][0] if rows else ""
    return json.loads(text[len(STAMP_MARK) :]) if text.startswith(STAMP_MARK) else None


def set_stamp(env: Environment, db: str, stamp: dict[str, Any]) -> None:
    """Note facts about a database in its comment: they are renamed and dropped with it."""
    text = STAMP_MARK + json.dumps(stamp, sort_keys=True)
    query(env, "postgres", "COMMENT ON DATABASE :\"name\" IS :'text'", name=db, text=text)
