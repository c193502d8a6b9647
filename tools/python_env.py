"""The private virtual environment: Odoo's run time, the tools of tests and checks, and Odoo itself.

Versions are locked in `config/requirements*.txt`; `uv` installs them. One environment exists per
Python version, Odoo tree and content of the lock files, so that two checkouts never disturb each
other.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from importlib.util import find_spec
from pathlib import Path

from tools import console, packages, paths, process
from tools.console import SuiteError

RUNTIME = "requirements.txt"
DEV = "requirements-dev.txt"
UV = "requirements-uv.txt"
NEEDED_BYTES = 700_000_000
UNUSED_SECONDS = 30 * 24 * 3600

# What pip and uv write when they reach nobody; their last line then says something else.
NO_NETWORK = r"(?i)name resolution|name or service not known|dns error|failed to establish a new"

# A script, because `python -m odoo` cannot start the websocket process of a prefork server.
ODOO_SCRIPT = """\
#!{python}
import odoo.cli

odoo.cli.main()
"""


def ensure_venv(odoo: Path, dev: bool = False) -> Path:
    """The interpreter of a virtual environment that runs this Odoo; `dev` adds tests and checks."""
    venv = paths.cache_dir() / "venv" / key(odoo)
    python = venv / "bin" / "python"
    wanted = [RUNTIME, DEV] if dev else [RUNTIME]
    if not (venv / ".made").exists():
        make(venv, odoo)
    missing = [name for name in wanted if not (venv / f".{name}").exists()]
    if missing:
        sync(venv, missing)
    (venv / ".made").touch()
    discard_unused(venv.parent)
    return python


def discard_unused(folder: Path) -> None:
    """Remove environments that nobody has used lately: each change of a lock makes a new one."""
    for stamp in folder.glob("*/.made"):
        if time.time() - stamp.stat().st_mtime > UNUSED_SECONDS:
            shutil.rmtree(stamp.parent, ignore_errors=True)


def key(odoo: Path) -> str:
    """Name of the environment: Python's version, and a hash of what it is made from."""
    digest = hashlib.sha256(os.fsencode(f"{odoo}\0{sys.base_prefix}\0"))
    for name in (RUNTIME, DEV, UV):
        digest.update((paths.CONFIG / name).read_bytes())
    return f"py{sysconfig.get_python_version()}-{digest.hexdigest()[:12]}"


def make(venv: Path, odoo: Path) -> None:
    """An environment with uv and Odoo on its path, begun anew if an earlier attempt was cut off."""
    process.check_space(paths.cache_dir(), NEEDED_BYTES, "the Python environment")
    if find_spec("ensurepip") is None:
        version = sysconfig.get_python_version()
        packages.install([f"python{version}-venv"], "Python's venv module")
    python = venv / "bin" / "python"
    with console.step("Making the Python environment") as progress:
        log = new_log()
        shutil.rmtree(venv, ignore_errors=True)
        venv.parent.mkdir(parents=True, exist_ok=True)
        if process.run([sys.executable, "-m", "venv", venv], log_path=log, progress=progress):
            raise SuiteError(f"python -m venv failed: {process.last_line(process.tail(log))}")
        install_uv = [python, "-m", "pip", "install", "-q", "-r", paths.CONFIG / UV]
        if process.run(install_uv, log_path=log, progress=progress):
            raise SuiteError(f"uv cannot be installed: {pip_error(process.tail(log))}")
        add_odoo(venv, odoo)
        (venv / ".made").touch()


def add_odoo(venv: Path, odoo: Path) -> None:
    """Put the Odoo tree on the environment's path, and the script `odoo` into its `bin`."""
    python = venv / "bin" / "python"
    code = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    site_packages = Path(process.output([python, "-c", code]).strip())
    (site_packages / "odoo-tree.pth").write_text(f"{odoo}\n", encoding="utf-8")
    script = venv / "bin" / "odoo"
    script.write_text(ODOO_SCRIPT.format(python=python), encoding="utf-8")
    script.chmod(0o755)


def sync(venv: Path, names: list[str]) -> None:
    """Install lock files with uv; what uv has fetched already stays in its own cache."""
    command: list[str | Path] = [venv / "bin" / "uv", "--no-progress", "pip", "install"]
    command += ["-p", venv / "bin" / "python"]
    for name in names:
        command += ["-r", paths.CONFIG / name]
    title = "Installing Python packages" + (" for tests and checks" if DEV in names else "")
    log = new_log()
    with console.step(title) as progress:
        if process.run(command, log_path=log, progress=progress, env=uv_environ(venv)):
            raise SuiteError(f"Python packages cannot be installed: {pip_error(process.tail(log))}")
        for name in names:
            (venv / f".{name}").touch()


def new_log() -> Path:
    """The log of pip and uv, emptied: an error of an earlier run must not explain this one."""
    log = paths.log_dir() / "python.log"
    log.write_bytes(b"")
    return log


def uv_environ(venv: Path) -> dict[str, str]:
    """The environment for uv, which does not read the index that pip is configured to use."""
    environ = {**os.environ, "UV_NO_CONFIG": "1"}
    if not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & environ.keys():
        try:
            settings = process.output([venv / "bin" / "python", "-m", "pip", "config", "list"])
        except subprocess.CalledProcessError:
            settings = ""
        index = parse_pip_index(settings)
        if index:
            environ["UV_DEFAULT_INDEX"] = index
    return environ


def parse_pip_index(settings: str) -> str | None:
    """The index address in the output of `pip config list`, which a company's mirror sets."""
    found = re.findall(r"^(:env:|[\w]+)\.index-url='([^']+)'", settings, re.M)
    by_section = dict(found)
    # An environment variable beats the files, and pip's `install` section beats `global`.
    for section in (":env:", "install", "global"):
        if section in by_section:
            return by_section[section]
    return None


def pip_error(log: str) -> str:
    """The line of a pip or uv log that says what is wrong."""
    if re.search(NO_NETWORK, log):
        return "the package index cannot be reached; check the network (or pip's index-url)"
    lines = [line.strip(" ×╰▶├─│") for line in log.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"(ERROR|error|Failed|Caused by)[: ]", line)]
    text = (telling or lines or ["no message"])[-1]
    return re.sub(r"^(ERROR|error): ", "", text)
