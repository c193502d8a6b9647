"""Open a Python prompt on a database, with `env` at hand.

./suite shell                       the database of `./suite run`
echo "print(env.user.name)" | ./suite shell --db trial
"""

from __future__ import annotations

import argparse
import os

from tools import database, environment, run
from tools.console import SuiteError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `./suite shell`."""
    parser.add_argument("--db", default=run.DEFAULT_DB, help="database (default: %(default)s)")


def main(args: argparse.Namespace) -> int:
    """Become `odoo shell`; what it writes is committed only by `env.cr.commit()`."""
    database.check_name(args.db)
    env = environment.prepare()
    if not database.exists(env, args.db):
        there = ", ".join(database.names(env)) or "none"
        raise SuiteError(f"no database {args.db}; there is: {there} (`./suite run` makes one)")
    command = [str(env.odoo_bin), "shell", "-c", str(env.config), "-d", args.db, "--no-http"]
    command += ["--log-level", "warn"]
    os.execve(command[0], command, env.environ())
