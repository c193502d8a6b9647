"""Stop the servers that `./suite run` has started.

Without --db all of them, and the private PostgreSQL cluster when nobody else uses it. Data stay.
"""

from __future__ import annotations

import argparse

from tools import cluster, console, database, environment, server
from tools.console import SuiteError

CLIENTS = """
    SELECT count(*) FROM pg_stat_activity
     WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `./suite stop`."""
    parser.add_argument("--db", help="stop only the server of this database")


def main(args: argparse.Namespace) -> int:
    """Stop servers, then the cluster they used."""
    if args.db:
        found = server.running(database.check_name(args.db))
        servers = [found] if found else []
    else:
        servers = server.all_running()
    for item in servers:
        with console.step(f"Stopping the server of {item.db}"):
            server.stop(item)
    if not servers:
        console.say("No server runs." if not args.db else f"No server of {args.db} runs.")
    with environment.lock():  # a run that sets things up needs the cluster
        if not server.all_running():
            stop_postgres()
    return 0


def stop_postgres() -> None:
    """Stop the private cluster unless somebody (a test run, psql) is connected to it."""
    try:
        running = cluster.running()
        in_use = bool(running) and int(running.query("postgres", CLIENTS)[0][0]) > 0
    except SuiteError as error:
        console.say(f"Note: {error}")
        return
    if in_use:
        console.say("PostgreSQL goes on: somebody is connected to it.")
    elif running and cluster.stop():
        console.say("PostgreSQL stopped.")
