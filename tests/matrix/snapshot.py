"""Everything a database holds, as comparable text: structure and rows.

Structure is every table, column, constraint, index, sequence, view, function and trigger of the
schema `public`. Rows are those of all tables: menus, views, crons, actions, external ids,
parameters, groups, templates, attachments and whatever else an add-on may leave behind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import psycopg2
from psycopg2 import sql

from tools.environment import Environment

Snapshot = dict[str, set[str]]

STRUCTURE = {
    "column": """
        SELECT format('%s.%s %s nullable=%s default=%s',
                      table_name, column_name, udt_name, is_nullable, column_default)
          FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "constraint": """
        SELECT format('%s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "sequence": "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'",
    "view": "SELECT viewname FROM pg_views WHERE schemaname = 'public'",
    "function": """
        SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """,
    "trigger": "SELECT format('%s on %s', tgname, tgrelid::regclass) FROM pg_trigger",
}
# Odoo's list of what lies on disk, its log, its queues and its cache signals change by themselves.
IGNORED_TABLES = re.compile(
    r"ir_module_(module\w*|category)|ir_logging|ir_cron_(trigger|progress)|bus_bus"
    r"|orm_signaling_\w+"
)
# When a row was touched, and what a view held before its last load, is not what is in it.
IGNORED_COLUMNS = ["create_date", "write_date", "create_uid", "write_uid", "arch_prev"]
IGNORED_COLUMNS += ["nextcall", "lastcall"]
# Odoo keeps books of foreign keys and of inheritance, and forgets to strike out entries of removed
# modules when the table or the mixin lives on (removing `event_crm` or `maintenance` leaves the
# same). Such an entry for a thing that is gone is Odoo's; the thing itself is in the snapshot.
IGNORED_ROWS = {
    "ir_attachment": "url LIKE '/web/assets/%'",
    "ir_model_constraint": """
        type = 'f' AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = t.name)
    """,
    "ir_model_data": """
        module = 'base' AND name LIKE 'module\\_%' OR model = 'ir.model.inherit'
        AND NOT EXISTS (SELECT FROM ir_model_inherit i WHERE i.id = t.res_id)
    """,
}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def take(env: Environment, name: str) -> Snapshot:
    """The snapshot of a database."""
    parameters = {"host": env.pg.host, "port": env.pg.port, "user": env.pg.user}
    connection = psycopg2.connect(dbname=name, **parameters)
    try:
        with connection.cursor() as cursor:
            found = {kind: column(cursor, query) for kind, query in STRUCTURE.items()}
            for table in column(cursor, TABLES):
                if not IGNORED_TABLES.fullmatch(table):
                    found[f"row of {table}"] = rows(cursor, table)
    finally:
        connection.close()
    return found


def column(cursor: psycopg2.extensions.cursor, query: str | sql.Composable) -> set[str]:
    """The first column of a result."""
    cursor.execute(query)
    return {str(row[0]) for row in cursor.fetchall()}


def rows(cursor: psycopg2.extensions.cursor, table: str) -> set[str]:
    """The rows of a table as JSON, without what changes by itself."""
    condition = sql.SQL(IGNORED_ROWS.get(table, "FALSE"))
    query = sql.SQL("SELECT (to_jsonb(t) - {})::text FROM {} t WHERE ({}) IS NOT TRUE")
    ignored = sql.SQL("{}::text[]").format(sql.Literal(IGNORED_COLUMNS))
    return column(cursor, query.format(ignored, sql.Identifier(table), condition))


def differences(before: Snapshot, after: Snapshot) -> list[str]:
    """What was added (+), lost (-) and changed (~), in reading order."""
    lines = []
    for kind in sorted(before.keys() | after.keys()):
        old, new = before.get(kind, set()), after.get(kind, set())
        gone, come = sorted(old - new), sorted(new - old)
        if kind.startswith("row of"):
            lines += changed_rows(kind, gone, come)
        else:
            lines += [f"+ {kind}: {text}" for text in come]
            lines += [f"- {kind}: {text}" for text in gone]
    return lines


def changed_rows(kind: str, gone: list[str], come: list[str]) -> Iterator[str]:
    """Differences of one table; of a row that is there before and after, its changed columns."""
    old = {row.get("id", str(row)): row for row in map(json.loads, gone)}
    new = {row.get("id", str(row)): row for row in map(json.loads, come)}
    for key in sorted(old.keys() | new.keys(), key=str):
        was, now = old.get(key), new.get(key)
        if was and now:
            columns = [name for name in now if was.get(name) != now[name]]
            told = "; ".join(f"{name} {was.get(name)!r} -> {now[name]!r}" for name in columns)
            yield f"~ {kind} {key}: {told}"
        else:
            yield f"{'+' if now else '-'} {kind}: {now or was}"


def told(lines: Iterable[str], limit: int = 40) -> str:
    """Differences as the message of a failed test."""
    shown = [line[:400] for line in lines]
    rest = len(shown) - limit
    return "\n".join(["", *shown[:limit], *([f"... and {rest} more"] if rest > 0 else [])])
