"""Scripts that are run inside Odoo's shell and print one JSON object as their last line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tools.environment import Environment


def run(env: Environment, database: str, script: Path) -> Any:
    """Run a script in a database and return what it printed."""
    done = subprocess.run(
        [str(env.odoo_bin), "shell", "-c", str(env.config), "-d", database, "--no-http"],
        input=script.read_text(encoding="utf-8"),
        capture_output=True,
        text=True,
        env=env.environ(),
        check=False,
    )
    assert not done.returncode, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])
