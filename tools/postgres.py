"""The PostgreSQL server: the one PGHOST names, or the private cluster."""

from __future__ import annotations

import getpass
import os

from tools import cluster, packages
from tools.cluster import LOWEST
from tools.console import SuiteError
from tools.postgres_client import PORT, Postgres, find_bin_dir


def ensure_postgres() -> Postgres:
    """The server, running: an existing one where PGHOST is set, else the private cluster."""
    return existing() if os.environ.get("PGHOST") else cluster.ensure_cluster()


def existing() -> Postgres:
    """The server that the PG* variables name, checked: version, and a role that makes databases."""
    bin_dir = find_bin_dir("psql")
    if bin_dir is None:
        packages.install(["postgresql-client"], "PostgreSQL's client")
        bin_dir = find_bin_dir("psql")
    if bin_dir is None:
        raise SuiteError("there is no program `psql` on PATH")
    environ = os.environ
    user = environ.get("PGUSER") or getpass.getuser()
    if user == "postgres":
        raise SuiteError("Odoo refuses to work as the role postgres: set PGUSER to another role")
    server = Postgres(environ["PGHOST"], int(environ.get("PGPORT") or PORT), user, False, bin_dir)
    sql = """
        SELECT current_setting('server_version_num'), rolcreatedb OR rolsuper,
               pg_encoding_to_char(encoding)
          FROM pg_roles, pg_database WHERE rolname = current_user AND datname = 'template0'
    """
    [[number, may_create, encoding]] = server.query("postgres", sql)
    if int(number) < LOWEST * 10000:
        raise SuiteError(f"PostgreSQL {LOWEST} or newer needed, PGHOST has {int(number) // 10000}")
    if may_create != "t":
        raise SuiteError(f"the role {user} may not create databases: ALTER ROLE {user} CREATEDB")
    if encoding != "UTF8":
        raise SuiteError(f"the PostgreSQL server was initialised in {encoding}, UTF8 is needed")
    return server
