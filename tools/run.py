"""Start the ERP with every add-on and the demo story, and print where it is.

The first start fetches Odoo, makes a Python environment and a private PostgreSQL cluster, and
initialises a database: about two minutes. Later starts take seconds; add-ons whose models, data
or views have changed are updated, new ones are installed. The server goes on after this command
ends; `./suite stop` stops it.

  ./suite run                             every add-on, demo story, http://127.0.0.1:8069
  ./suite run --with crm_standards        only this add-on and what it needs
  ./suite run --no-demo --db trial        a second database, empty
"""

from __future__ import annotations

import argparse
import re
import shutil
import signal
import subprocess
from pathlib import Path

from tools import addons, console, database, environment, paths, ports, server
from tools.addons import Manifest
from tools.console import SuiteError
from tools.environment import Environment

DEFAULT_DB = "suite"
DEFAULT_PORT = 8069
# Each user can switch between these; the first that Odoo loads is everybody's default.
LANGUAGES = ("en_US", "ru_RU")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `./suite run`."""
    parser.add_argument(
        "--with", dest="only", metavar="ADDON,...", help="install only these add-ons"
    )
    parser.add_argument(
        "--no-demo", action="store_true", help="a new database without the demo story"
    )
    parser.add_argument("--db", default=DEFAULT_DB, help="database (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="HTTP port (default: %(default)s)"
    )
    parser.add_argument(
        "--lang",
        help="main language of a new database, e.g. ru_RU (default: English; both are loaded)",
    )
    parser.add_argument(
        "--foreground", action="store_true", help="show the server's log, stop it with Ctrl-C"
    )


def main(args: argparse.Namespace) -> int:
    """Bring the database up to date, start the server, say where it is."""
    known = addons.all_addons()
    wanted = addons.select(args.only, known)
    check_arguments(args)
    already = server.running(args.db)
    if already:
        report(already, wanted, is_new=False)
        return 0
    check_port(args.port)
    with environment.lock():  # also against a `./suite stop` that would take PostgreSQL away
        env = environment.prepare(pdf=True)
        bring_up_to_date(env, args, wanted, known)
        config = environment.write_config(
            env,
            paths.run_dir() / f"{args.db}.conf",
            http_port=args.port,
            gevent_port=ports.next_free(args.port),
        )
        if not args.foreground:
            check_port(args.port)  # minutes may have passed
            started = server.start(env, args.db, config, args.port)
            report(started, wanted, is_new=True)
            return 0
    return run_here(env, args, config)


def check_arguments(args: argparse.Namespace) -> None:
    """Refuse what cannot work before anything is fetched or changed."""
    database.check_name(args.db)
    if not 1 <= args.port <= 65535:
        raise SuiteError(f"--port {args.port}: a port is a number from 1 to 65535")
    if args.lang and not re.fullmatch(r"[a-z]{2,3}(_[A-Z0-9]{2,3})?(@\w+)?", args.lang):
        raise SuiteError(f"--lang {args.lang}: a language looks like ru_RU or fr_FR")


def check_port(port: int) -> None:
    """Say by what a port is taken, and which one is free."""
    if ports.is_free(port):
        return
    if port < 1024 and not paths.is_root():
        raise SuiteError(f"port {port} is for root only; try --port {ports.next_free(8068)}")
    taken_by = ports.listener(port) or "a program of another user"
    raise SuiteError(f"port {port} is taken by {taken_by}; try --port {ports.next_free(port)}")


def bring_up_to_date(
    env: Environment, args: argparse.Namespace, wanted: list[str], known: dict[str, Manifest]
) -> None:
    """A database with the wanted add-ons in their present state."""
    current = {name: addons.digest([name]) for name in known}
    if not database.exists(env, args.db):
        create(env, args, wanted, current)
        return
    if args.no_demo or args.lang:
        console.say("Note: --no-demo and --lang are for a new database; this one is there already.")
    stamp = database.get_stamp(env, args.db) or {}
    installed = database.installed_versions(env, args.db)
    refuse_newer(args.db, installed, stamp, known)
    done = stamp.get("addons", {})
    new, changed = plan(wanted, installed, done, current)
    if new or changed:
        options = [f"--init={','.join(new)}"] if new else []
        options += [f"--update={','.join(changed)}"] if changed else []
        run_odoo(env, args.db, f"Updating {', '.join(new + changed)}", *options)
        stamp_database(env, args.db, current)


def plan(
    wanted: list[str],
    installed: dict[str, str],
    done: dict[str, str],
    current: dict[str, str],
) -> tuple[list[str], list[str]]:
    """The add-ons to install and those to update.

    `installed` and `done` are the database's: versions of its modules, and the digests of our
    add-ons when they were last brought in; `current` are the digests of the files.
    """
    new = [name for name in wanted if name not in installed]
    ours = [name for name in current if name in installed]
    changed = [name for name in ours if done.get(name) != current[name]]
    return new, changed


def refuse_newer(
    db: str, installed: dict[str, str], stamp: dict, known: dict[str, Manifest]
) -> None:
    """Never let older code touch a database that newer code has migrated."""
    newer = [
        f"{name} {installed[name]} (here {known[name].version})"
        for name in known
        if name in installed
        and addons.version_key(installed[name]) > addons.version_key(known[name].version)
    ]
    newer += [
        f"{name} (not here)"
        for name in stamp.get("addons", {})
        if name in installed and name not in known
    ]
    if newer:
        raise SuiteError(
            f"the database {db} was made by a newer suite: {', '.join(newer)}; update this "
            "checkout, or use another database with --db"
        )


def create(
    env: Environment, args: argparse.Namespace, wanted: list[str], current: dict[str, str]
) -> None:
    """A new database, made under another name until it is complete."""
    partial = f"{args.db}--partial"
    database.drop(env, partial)  # of an attempt that was interrupted
    languages = ",".join(dict.fromkeys((args.lang or LANGUAGES[0], *LANGUAGES)))
    options = [f"--init={','.join(wanted)}", f"--load-language={languages}"]
    if not args.no_demo:
        options.append("--with-demo")
    run_odoo(env, partial, f"Making the database {args.db}", *options, log_name=args.db)
    stamp_database(env, partial, current)
    database.rename(env, partial, args.db)


def run_odoo(
    env: Environment, db: str, title: str, *options: str, log_name: str | None = None
) -> None:
    """Install or update add-ons in a database; what they complain about is shown."""
    log = paths.log_dir() / f"{log_name or db}-setup.log"
    arguments = ("-d", db, "--stop-after-init", "--no-http", *options)
    for line in database.odoo(env, "server", *arguments, log_path=log, title=title):
        console.say(f"  {line}")


def stamp_database(env: Environment, db: str, current: dict[str, str]) -> None:
    """Note which state of which add-ons the database holds."""
    installed = database.installed_versions(env, db)
    done = {name: value for name, value in current.items() if name in installed}
    database.set_stamp(env, db, {"addons": done})


def run_here(env: Environment, args: argparse.Namespace, config: Path) -> int:
    """Run the server in this terminal until Ctrl-C."""
    console.say(f"Odoo on http://127.0.0.1:{args.port} (admin / admin); Ctrl-C stops it.")
    child = subprocess.Popen(server.command(env, args.db, config), env=env.environ())
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())  # Ctrl-C reaches it by itself
    while True:
        try:
            code = child.wait()
            return code if code >= 0 else 128 - code  # ended by a signal: as shells count
        except KeyboardInterrupt:
            continue  # the server got it too and is ending


def report(running: server.Server, wanted: list[str], is_new: bool) -> None:
    """Where the server is, how to enter, how to stop."""
    stop = "./suite stop" + ("" if running.db == DEFAULT_DB else f" --db {running.db}")
    lines = [
        "",
        f"  {'Odoo runs' if is_new else 'Odoo is running already'}: {running.url}",
        "  login:    admin",
        "  password: admin",
        f"  add-ons:  {', '.join(wanted)}",
        f"  database: {running.db}",
        f"  log:      {server.log_file(running.db)}",
        f"  stop:     {stop}",
        "",
    ]
    if not is_new:
        del lines[4]  # what was asked for now need not be what was started then
    width = shutil.get_terminal_size((100, 24)).columns
    console.say("\n".join(line if len(line) < width else wrap(line, width) for line in lines))


def wrap(line: str, width: int) -> str:
    """Break a long line of the report under its first value."""
    import textwrap

    return textwrap.fill(line, width, subsequent_indent=" " * 12, break_on_hyphens=False)
