"""Run the benchmarks: ratios against a floor measured in the same run, and query counts.

Each file `tests/load/NAME.py` is one benchmark. It runs inside Odoo's shell (`env` is there) on a
copy of a prepared database with every add-on, and prints one JSON object on its last line: its
figures by name. What several share is in `tests/load/_NAME.py`. A benchmark that misses its own
limit raises an error, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

from tools import addons, console, environment, paths, templates
from tools.environment import Environment

FOLDER = paths.REPO / "tests" / "load"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `./suite bench`."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all of tests/load")


def main(args: argparse.Namespace) -> int:
    """Run the benchmarks one after the other; 1 if one of them failed."""
    scripts = choose(args.names)
    env = environment.prepare(dev=True)
    template = templates.suite(env, addons.all_addons())
    failed = [script.stem for script in scripts if not run(env, template.database, script)]
    if failed:
        console.say(f"failed: {', '.join(failed)}")
    return int(bool(failed))


def choose(names: list[str]) -> list[Path]:
    """The scripts of these names, or all."""
    known = {file.stem: file for file in sorted(FOLDER.glob("[!_]*.py"))}
    unknown = [name for name in names if name not in known]
    if unknown or not known:
        which = f"no benchmark {', '.join(unknown)}" if unknown else "no benchmarks"
        raise console.SuiteError(f"{which}; tests/load has: {', '.join(known) or 'none'}")
    return [known[name] for name in names or known]


def run(env: Environment, template: str, script: Path) -> bool:
    """One benchmark on a fresh copy; prints its figures, returns whether it kept its limits."""
    log = paths.log_dir() / f"bench-{script.stem}.log"
    with templates.work_copy(env, template) as name, console.step(script.stem):
        command = [str(env.odoo_bin), "shell", "-c", str(env.config), "-d", name, "--no-http"]
        with script.open(encoding="utf-8") as code, log.open("w", encoding="utf-8") as errors:
            done = subprocess.run(
                command,
                stdin=code,
                cwd=paths.REPO,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={**env.environ(), "PYTHONPATH": str(paths.REPO)},
                check=False,
            )
    figures = last_object(done.stdout)
    for key, value in figures.items():
        console.say(f"  {key:40} {value}")
    if done.returncode or not figures:
        console.say(f"  failed (code {done.returncode}); see {log}")
        return False
    return True


def last_object(output: str) -> dict:
    """The last line that is a JSON object, or nothing."""
    for line in reversed(output.splitlines()):
        if line.startswith("{"):
            try:
                return json.loads(line)
            except ValueError:
                continue
    return {}
