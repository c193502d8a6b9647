"""How to reach a PostgreSQL server and to ask it something, with psql and no Python package."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools import process
from tools.console import SuiteError

PORT = 5432
DATABASES = "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'"


@dataclass(frozen=True)
class Postgres:
    """How to reach the server, and whether it is ours to stop."""

    host: str  # a host name, or the directory of the socket
    port: int
    user: str
    private: bool
    bin_dir: Path  # where psql is

    def environ(self) -> dict[str, str]:
        """PGHOST, PGPORT, PGUSER for psql, createdb and pytest-xdist's workers."""
        return {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}

    def query(self, db: str, sql: str, user: str | None = None, **values: str) -> list[list[str]]:
        """Rows of one statement as text; `:'name'` in the SQL stands for the value of `name`."""
        command: list[str | Path] = [self.bin_dir / "psql", "-XAtq", "-F", "\x1f", "-w"]
        command += ["-v", "ON_ERROR_STOP=1", "-d", db]
        for name, value in values.items():
            command += ["-v", f"{name}={value}"]
        environ = {**os.environ, **self.environ(), "PGCONNECT_TIMEOUT": "10"}
        if user:
            environ["PGUSER"] = user
        try:
            # Through stdin: psql does not replace variables in the argument of -c.
            text = process.output(command, env=environ, stdin=sql)
        except subprocess.CalledProcessError as error:
            raise SuiteError(f"PostgreSQL: {first_error(error.stderr)}") from error
        return [line.split("\x1f") for line in text.splitlines()]


def first_error(text: str) -> str:
    """The message of psql's first error line, without the prefix that names the script."""
    for line in text.splitlines():
        for mark in ("FATAL:", "ERROR:", "error:"):
            if mark in line:
                return line.partition(mark)[2].strip()
    return process.last_line(text)


def find_bin_dir(program: str, version: int | None = None) -> Path | None:
    """Where the newest PostgreSQL's programs are; with `version`, those of that major version."""
    found = {}
    for file in Path("/usr/lib/postgresql").glob(f"*/bin/{program}"):
        major = file.parent.parent.name
        if major.isdigit():
            found[int(major)] = file.parent
    if version:
        if version in found:
            return found[version]
    elif found:
        return found[max(found)]
    on_path = shutil.which(program)
    if not on_path or (version and version != program_version(Path(on_path))):
        return None
    return Path(on_path).resolve().parent


def program_version(program: Path) -> int:
    """The major version of a PostgreSQL program: `initdb (PostgreSQL) 15.18` is 15."""
    words = process.output([program, "--version"]).split()
    return next((int(word.split(".")[0]) for word in words if word[0].isdigit()), 0)
