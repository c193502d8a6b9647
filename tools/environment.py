"""Put the parts together: Odoo, Python, PostgreSQL, and the configuration that joins them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tools import browser as browser_module
from tools import console, odoo_source, paths, python_env
from tools import pdf as pdf_module
from tools.postgres import ensure_postgres
from tools.postgres_client import Postgres

_held: list[TextIO] = []  # the lock's file while this process holds it


@dataclass(frozen=True)
class Environment:
    """Everything a verb needs to run Odoo."""

    odoo: Path  # directory that holds the package `odoo`
    addons_path: list[Path]  # the repository's add-ons, and Odoo's where they lie apart
    python: Path  # the virtual environment's interpreter
    odoo_bin: Path  # the script that starts Odoo
    pg: Postgres
    data_dir: Path
    config: Path  # a configuration file that names all of the above

    def environ(self) -> dict[str, str]:
        """The environment for child processes: this process's, plus PG* and the venv first.

        Compiled Python goes to the cache: a clone stays clean, and Odoo starts in half the time
        even where its tree may not be written to.
        """
        programs = f"{self.python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        extra = {"PATH": programs, "VIRTUAL_ENV": str(self.python.parent.parent)}
        # wkhtmltopdf of the distributions needs a screen unless it is told to do without.
        extra["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        extra["PYTHONPYCACHEPREFIX"] = str(paths.cache_dir() / "pycache")
        extra["PYTHONDONTWRITEBYTECODE"] = ""  # as if it were not set
        return {**os.environ, **self.pg.environ(), **extra}


@contextmanager
def lock() -> Iterator[None]:
    """Only one `./suite` at a time sets things up; a second one says so and waits.

    Within one process it may be taken again while it is held.
    """
    if _held:
        yield
        return
    with (paths.state_dir() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.say("Another ./suite is setting things up; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        _held.append(file)
        try:
            yield
        finally:
            _held.clear()  # closing the file gives the lock back, also when this process dies


def prepare(dev: bool = False, browser: bool = False, pdf: bool = False) -> Environment:
    """Make ready what is missing and say where everything is.

    dev: also the tools of tests and checks; browser: Chromium; pdf: wkhtmltopdf.
    """
    with lock():
        odoo = odoo_source.ensure_odoo()
        python = python_env.ensure_venv(odoo, dev=dev)
        pg = ensure_postgres()
        if browser:
            browser_module.ensure_browser()
        if pdf:
            pdf_module.ensure_pdf()
        env = Environment(
            odoo=odoo,
            addons_path=[paths.ADDONS, *odoo_source.odoo_addons(odoo)],
            python=python,
            odoo_bin=python.with_name("odoo"),
            pg=pg,
            data_dir=paths.data_dir(),
            config=paths.run_dir() / f"odoo-{paths.clone_key()}.conf",
        )
        write_config(env, env.config)
    return env


def write_config(env: Environment, path: Path, **options: object) -> Path:
    """Write an Odoo configuration file; `options` add to or replace the standard ones."""
    values: dict[str, object] = {
        "addons_path": ",".join(map(str, env.addons_path)),
        "data_dir": env.data_dir,
        "db_host": env.pg.host,
        "db_port": env.pg.port,
        "db_user": env.pg.user,
        "http_interface": "127.0.0.1",
        "list_db": False,
        **options,
    }
    lines = ["[options]", *(f"{name} = {value}" for name, value in sorted(values.items()))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)  # an administrator may add passwords to it
    return path
