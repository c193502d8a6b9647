"""Where the suite keeps what it makes: a cache (may be deleted at any time) and a state.

* cache: downloads, the Odoo tree, the virtual environment;
* state: the PostgreSQL cluster, the file store, logs, pid files.

Root gets /var/cache/crm-suite and /var/lib/crm-suite, because PostgreSQL then runs as the user
`postgres`, who cannot enter root's home. Everybody else gets the XDG directories.
`SUITE_HOME` puts both under one directory.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
ADDONS = REPO / "addons"
CONFIG = REPO / "config"

# sockaddr_un holds 108 bytes with the closing zero; PostgreSQL's file is `.s.PGSQL.5432`.
SOCKET_LIMIT = 107
SOCKET_NAME = "/.s.PGSQL.5432"


def choose_dirs(environ: Mapping[str, str], is_root: bool, home: Path) -> tuple[Path, Path]:
    """The cache and the state directory for this user and these environment variables."""
    if environ.get("SUITE_HOME"):
        base = Path(environ["SUITE_HOME"]).expanduser().absolute()
        return base / "cache", base / "state"
    if is_root:
        return Path("/var/cache/crm-suite"), Path("/var/lib/crm-suite")
    cache = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    state = Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    return cache / "crm-suite", state / "crm-suite"


def choose_socket_dir(environ: Mapping[str, str], preferred: Path, uid: int) -> Path:
    """`preferred`, or a short private directory where its path is too long for a socket."""
    if len(os.fsencode(str(preferred) + SOCKET_NAME)) <= SOCKET_LIMIT:
        return preferred
    name = "crm-suite-" + hashlib.sha256(os.fsencode(str(preferred))).hexdigest()[:8]
    runtime = environ.get("XDG_RUNTIME_DIR")
    if runtime and uid and len(os.fsencode(f"{runtime}/{name}{SOCKET_NAME}")) <= SOCKET_LIMIT:
        return Path(runtime) / name
    return Path(tempfile.gettempdir()) / f"{name}-{uid}"


def is_root() -> bool:
    """Whether this process runs as root."""
    return os.geteuid() == 0


def cache_dir() -> Path:
    """Downloads, the Odoo tree, the virtual environment; made when missing."""
    return _made(choose_dirs(os.environ, is_root(), Path.home())[0])


def state_dir() -> Path:
    """The PostgreSQL cluster, the file store, logs, pid files; made when missing."""
    return _made(choose_dirs(os.environ, is_root(), Path.home())[1])


def log_dir() -> Path:
    """Log files: one per database's server, one per step that runs other programs."""
    return _made(state_dir() / "log")


def run_dir() -> Path:
    """Pid files and generated configuration files of running servers."""
    return _made(state_dir() / "run")


def data_dir() -> Path:
    """Odoo's `data_dir`: file store and sessions."""
    return _made(state_dir() / "data")


def clone_key() -> str:
    """A short name for this checkout, where several share one state directory."""
    return hashlib.sha256(os.fsencode(str(REPO))).hexdigest()[:8]


def _made(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path
