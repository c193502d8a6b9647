"""Odoo servers that `./suite run` starts: one per database, known by their pid files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

from tools import console, database, paths, process
from tools.console import SuiteError
from tools.environment import Environment

START_SECONDS = 120
STOP_SECONDS = 20
LOG_BYTES = 20_000_000  # a log that has grown beyond this is put aside at the next start


@dataclass(frozen=True)
class Server:
    """A running server, as its pid file describes it."""

    db: str
    pid: int
    port: int
    born: str  # start time of the process in clock ticks: a pid is used again, this pair is not

    @property
    def url(self) -> str:
        """The address for a browser on this machine."""
        return f"http://127.0.0.1:{self.port}"

    def is_alive(self) -> bool:
        """Whether the process of the pid file still runs."""
        return process_birth(self.pid) == self.born


def process_birth(pid: int) -> str:
    """Start time of a process in clock ticks since boot; empty when it is dead or a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # The program's name stands in brackets and may hold anything; fields are counted after it.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]


def pid_file(db: str) -> Path:
    """The file that remembers the server of a database."""
    return paths.run_dir() / f"{db}.pid"


def log_file(db: str) -> Path:
    """The log of a database's server."""
    return paths.log_dir() / f"{db}.log"


def running(db: str) -> Server | None:
    """The server of this database, or None; the pid file of a dead one is removed."""
    try:
        server = Server(**json.loads(pid_file(db).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        server = None  # torn by a crash while it was written
    if server and server.is_alive():
        return server
    pid_file(db).unlink(missing_ok=True)
    return None


def all_running() -> list[Server]:
    """Every server that `./suite run` has started and that still runs."""
    found = (running(file.stem) for file in sorted(paths.run_dir().glob("*.pid")))
    return [server for server in found if server]


def command(env: Environment, db: str, config: Path) -> list[str]:
    """The command line of a server that serves this database and no other."""
    filter_ = f"^{db.replace('-', '[-]')}$"
    return [str(env.odoo_bin), "server", "-c", str(config), "-d", db, "--db-filter", filter_]


def start(env: Environment, db: str, config: Path, port: int) -> Server:
    """Start a server that outlives this process and wait until it answers."""
    log = log_file(db)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with console.step("Starting Odoo") as progress, log.open("ab") as stream:
        child = subprocess.Popen(
            command(env, db, config),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            env=env.environ(),
            start_new_session=True,
        )
        server = Server(db, child.pid, port, process_birth(child.pid))
        partial = pid_file(db).with_suffix(".partial")
        partial.write_text(json.dumps(asdict(server)), encoding="utf-8")
        partial.replace(pid_file(db))
        try:
            wait_until_healthy(server, child, progress)
        except BaseException:
            stop(server)
            raise
    return server


def wait_until_healthy(server: Server, child: subprocess.Popen, progress: console.Progress) -> None:
    """Ask /web/health until it answers, then load the login page: the registry is ready then."""
    log = log_file(server.db)
    deadline = time.monotonic() + START_SECONDS
    pages = ["/web/health", "/web/login"]
    while pages:
        if child.poll() is not None:
            reason = database.failure(process.tail(log))
            raise SuiteError(f"Odoo ended at once: {reason} (log: {log})")
        if time.monotonic() > deadline:
            raise SuiteError(f"Odoo does not answer after {START_SECONDS} s (log: {log})")
        progress.update(text=f"waiting for {pages[0]}")
        if answers(server.url + pages[0]):
            pages.pop(0)
        else:
            time.sleep(0.3)


def answers(url: str) -> bool:
    """Whether a page comes back with status 200."""
    try:
        # No proxy: a machine's HTTP proxy cannot reach our 127.0.0.1.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=60) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


def stop(server: Server) -> None:
    """End a server: politely, and after a while for certain."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if server.is_alive():
            try:
                os.killpg(server.pid, number)
            except ProcessLookupError:
                break
            except PermissionError as error:
                raise SuiteError(f"the server of {server.db} belongs to another user") from error
        deadline = time.monotonic() + STOP_SECONDS
        while server.is_alive() and time.monotonic() < deadline:
            time.sleep(0.1)
    pid_file(server.db).unlink(missing_ok=True)
