"""The private PostgreSQL cluster in the state directory.

It listens on a unix socket only, in a directory that nobody else may enter. PostgreSQL refuses to
run as root: for root the cluster belongs to the user `postgres`.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import stat
import subprocess
from pathlib import Path

from tools import console, packages, paths, process
from tools.console import SuiteError
from tools.postgres_client import PORT, Postgres, find_bin_dir, first_error, program_version

LOWEST = 13
ROLE = "odoo"  # Odoo refuses to work as the role `postgres`

# fsync stays on: the cluster holds what people have typed into their demo, and a power cut must
# not cost the whole cluster. Turned off it gained nothing (a copy of a 40 MB database: 0.2-0.5 s
# either way). synchronous_commit=off costs at most the last fraction of a second in a crash, and
# saves a wait at each commit. Never copy it to a server that has a replica.
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
synchronous_commit = off
shared_buffers = 256MB
max_connections = 200
max_wal_size = 2GB
checkpoint_completion_target = 0.9
log_timezone = 'UTC'
timezone = 'UTC'
"""


def ensure_cluster() -> Postgres:
    """The private cluster, made when there is none and started when it does not run."""
    data = cluster_dir()
    version_file = data / "PG_VERSION"
    is_made = version_file.exists()
    version = int(version_file.read_text().strip()) if is_made else None
    bin_dir = find_bin_dir("initdb", version)
    if bin_dir is None and version:
        raise missing_programs(version)
    if bin_dir is None:
        packages.install(["postgresql"], "PostgreSQL")
        bin_dir = find_bin_dir("initdb")
    if bin_dir is None or program_version(bin_dir / "initdb") < LOWEST:
        raise SuiteError(f"PostgreSQL {LOWEST} or newer is needed: install it, or set PGHOST")
    server = Postgres(str(socket_dir()), PORT, ROLE, True, bin_dir)
    if not is_made:
        with console.step("Making the PostgreSQL cluster"):
            init_cluster(bin_dir)
    if not is_running(bin_dir):
        start(bin_dir)
    if not server.query("postgres", "SELECT 1 FROM pg_roles WHERE rolname = 'odoo'", "postgres"):
        server.query("postgres", f"CREATE ROLE {ROLE} LOGIN CREATEDB", "postgres")
    return server


def missing_programs(version: int) -> SuiteError:
    """Why a cluster that is there cannot be started."""
    return SuiteError(
        f"the databases in {cluster_dir()} were made by PostgreSQL {version}, which is not "
        f"installed: install postgresql-{version}, or `./suite clean`"
    )


def cluster_dir() -> Path:
    """The data directory of the private cluster."""
    return paths.state_dir() / "postgres" / "data"


def socket_dir() -> Path:
    """The directory of the private cluster's socket."""
    preferred = paths.state_dir() / "postgres" / "run"
    return paths.choose_socket_dir(os.environ, preferred, os.geteuid())


def owner() -> pwd.struct_passwd:
    """The user that the private cluster runs as."""
    if not paths.is_root():
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError as error:
        raise SuiteError(
            "PostgreSQL refuses to run as root and there is no user postgres: make one "
            "(useradd --system postgres), or run ./suite as another user"
        ) from error


def as_owner(command: list[str | Path]) -> str:
    """Run a program as the cluster's owner, in a directory that he can enter."""
    user = owner()
    rights = {}
    if paths.is_root():
        rights = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    # Into a file: the server keeps its starter's output open, a pipe would never end.
    log = paths.log_dir() / "postgres-setup.log"
    with log.open("w+", encoding="utf-8") as stream:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.environ["PATH"], "HOME": str(cluster_dir().parent), "LC_ALL": "C"},
            check=False,
            **rights,
        )
        stream.seek(0)
        text = stream.read()
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, text, text)
    return text


def init_cluster(bin_dir: Path) -> None:
    """A new cluster: UTF-8, C.UTF-8 or ICU; whole or not there at all."""
    data, user = cluster_dir(), owner()
    partial = data.with_name("data.partial")
    shutil.rmtree(partial, ignore_errors=True)
    data.parent.mkdir(parents=True, exist_ok=True)
    if paths.is_root():
        os.chown(data.parent, user.pw_uid, user.pw_gid)
    check_owner_enters(data.parent)
    command = [bin_dir / "initdb", "-D", partial, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    icu = ["--locale-provider=icu", "--icu-locale=und", "--locale=C"]
    for locale, is_last in ((["--locale=C.UTF-8"], False), (icu, True)):
        try:
            as_owner([*command, *locale])
            break
        except subprocess.CalledProcessError as error:
            shutil.rmtree(partial, ignore_errors=True)
            if is_last:
                raise SuiteError(f"initdb failed: {first_error(error.stderr)}") from error
    with (partial / "postgresql.conf").open("a", encoding="utf-8") as stream:
        stream.write(SETTINGS.format(socket=socket_dir()))
    partial.rename(data)


def check_owner_enters(directory: Path) -> None:
    """Name the directory that keeps the cluster's owner out (root's home usually does)."""
    try:
        as_owner(["test", "-x", directory])
    except subprocess.CalledProcessError as error:
        raise SuiteError(
            f"the user {owner().pw_name} cannot enter {directory}; PostgreSQL runs as this user: "
            "set SUITE_HOME to a directory that everybody may enter"
        ) from error


def is_running(bin_dir: Path) -> bool:
    """Whether the private cluster's server runs."""
    try:
        as_owner([bin_dir / "pg_ctl", "-D", cluster_dir(), "status"])
    except subprocess.CalledProcessError:
        return False
    return True


def make_socket_dir(socket: Path, user: pwd.struct_passwd) -> None:
    """The socket's directory, which nobody but `user` may enter.

    It can lie in /tmp under a name that others can foresee (`paths.choose_socket_dir`). What stands
    there already is looked at before anything is done to it, and never followed: whoever made it
    could otherwise have root give away a file, or sit between Odoo and its database.
    """
    try:
        socket.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        check_socket_dir(socket, user)
    if socket.lstat().st_uid != user.pw_uid:  # made by root, here or in a start that was cut short
        os.chown(socket, user.pw_uid, user.pw_gid, follow_symlinks=False)


def check_socket_dir(socket: Path, user: pwd.struct_passwd) -> None:
    """Refuse a directory that others have made or may enter."""
    status = socket.lstat()
    if not stat.S_ISDIR(status.st_mode):
        reason = "is not a directory"
    elif status.st_uid not in (user.pw_uid, os.geteuid()):
        reason = f"belongs to another user (number {status.st_uid})"
    elif stat.S_IMODE(status.st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        reason = "may be entered by other users"
    else:
        return
    raise SuiteError(f"PostgreSQL's socket would be in {socket}, which {reason}; remove it")


def start(bin_dir: Path) -> None:
    """Start the private cluster's server and wait until it answers."""
    socket = socket_dir()
    make_socket_dir(socket, owner())
    if was_cut_short(bin_dir):
        cut_mark().touch()
    log = cluster_dir().parent / "server.log"
    # The socket's place can change with XDG_RUNTIME_DIR: what is passed here wins over the file.
    options = f"-c unix_socket_directories='{socket}'"
    command = [bin_dir / "pg_ctl", "-s", "-w", "-D", cluster_dir(), "-l", log, "-o", options]
    try:
        as_owner([*command, "start"])
    except subprocess.CalledProcessError as error:
        reason = process.last_line(process.tail(log)) if log.exists() else error.stderr
        raise SuiteError(f"PostgreSQL does not start: {reason} (log: {log})") from error


def was_cut_short(bin_dir: Path) -> bool:
    """Whether the server, which does not run, ended without a shutdown: killed, power cut."""
    facts = as_owner([bin_dir / "pg_controldata", "-D", cluster_dir()])
    return re.search(r"^Database cluster state: +shut down$", facts, re.MULTILINE) is None


def cut_mark() -> Path:
    """The file that tells by its date when the cluster last had to recover from a sudden end."""
    return cluster_dir().with_name("cut_short")


def last_cut() -> float:
    """When the cluster last had to recover from a sudden end, in seconds of the epoch; or 0.

    What PostgreSQL brings back is what had reached the disk. Seen on a machine that was put away
    while it ran: a copied database whose counters stood before its rows.
    """
    mark = cut_mark()
    return mark.stat().st_mtime if mark.exists() else 0.0


def running() -> Postgres | None:
    """The private cluster's server where it runs; never starts it."""
    version_file = cluster_dir() / "PG_VERSION"
    if not version_file.exists():
        return None
    bin_dir = find_bin_dir("pg_ctl", int(version_file.read_text().strip()))
    if bin_dir is None or not is_running(bin_dir):
        return None
    return Postgres(str(socket_dir()), PORT, ROLE, True, bin_dir)


def started() -> Postgres | None:
    """The private cluster's server, started where it does not run; None where there is no cluster.

    Nothing is installed for it: a SuiteError says what is missing.
    """
    version_file = cluster_dir() / "PG_VERSION"
    if not version_file.exists():
        return None
    version = int(version_file.read_text().strip())
    bin_dir = find_bin_dir("pg_ctl", version)
    if bin_dir is None:
        raise missing_programs(version)
    if not is_running(bin_dir):
        start(bin_dir)
    return Postgres(str(socket_dir()), PORT, ROLE, True, bin_dir)


def stop() -> bool:
    """Stop the private cluster where it runs; whether there was something to stop."""
    server = running()
    if server is None:
        return False
    as_owner([server.bin_dir / "pg_ctl", "-s", "-w", "-m", "fast", "-D", cluster_dir(), "stop"])
    return True
