"""The life of an add-on in a database: installed, updated, removed, with a snapshot after each."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass

from tools import addons, database, paths, templates
from tools.environment import Environment

from . import snapshot
from .snapshot import Snapshot

# Odoo's modules that most companies have beside a CRM; their fields and stages are the usual
# places where an add-on that was only tried alone goes wrong.
NEIGHBOURS = ("account", "sale_crm", "sale_stock")


@dataclass(frozen=True)
class Case:
    """One add-on, and which of Odoo's modules are there beside what it needs."""

    addon: str
    neighbours: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "-with-".join([self.addon, *(["neighbours"] if self.neighbours else [])])


@dataclass(frozen=True, repr=False)
class Life:
    """What was seen at each step; warnings are lines of Odoo's log."""

    before: Snapshot
    installed: Snapshot
    updated: Snapshot
    removed: Snapshot
    warnings: dict[str, list[str]]


def cases(known: dict[str, addons.Manifest]) -> list[Case]:
    """Each add-on alone, and each that is no bridge beside its usual neighbours too."""
    alone = [Case(name) for name in known]
    usual = [Case(name, NEIGHBOURS) for name, item in known.items() if not item.auto_install]
    return alone + usual


def live(env: Environment, case: Case) -> Life:
    """Lead one add-on through its life in a database that holds only what it needs."""
    source = ground(env, case)
    with templates.work_copy(env, source) as name:
        before = snapshot.take(env, name)
        warnings, states = {}, []
        for step, arguments in steps(case.addon, name).items():
            warnings[step] = run(env, f"matrix-{case}-{step}", arguments)
            states.append(snapshot.take(env, name))
        return Life(before, *states, warnings)


def ground(env: Environment, case: Case) -> str:
    """The database before the add-on comes: Odoo's modules and our add-ons it stands on."""
    known = addons.all_addons()
    below = [name for name in addons.closure([case.addon], known) if name != case.addon]
    outside = {*addons.outside_dependencies([case.addon], known), *case.neighbours}
    if below:
        return templates.suite(env, below, outside).database
    return templates.base(env, outside).database


def steps(addon: str, name: str) -> dict[str, list[str]]:
    """Odoo's command line for each step."""
    options = ["-d", name, "--skip-auto-install", *templates.INSTALL]
    return {
        "install": ["server", *options, "-i", addon],
        "update": ["server", *options, "-u", addon],
        "remove": ["module", "uninstall", "-d", name, addon],
    }


def run(env: Environment, title: str, arguments: Iterable[str]) -> list[str]:
    """Run Odoo quietly; returns alarming log lines, raises with the log's end if it fails."""
    config = ["-c", str(env.config)]
    done = subprocess.run(
        [str(env.odoo_bin), *arguments, *config],
        env=env.environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    log = paths.log_dir() / f"{title}.log"
    log.write_text(done.stderr, encoding="utf-8")
    if done.returncode:
        raise AssertionError(f"{title} failed ({log}): {database.failure(done.stderr)}")
    return database.alarming_lines(done.stderr)
