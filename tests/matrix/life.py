"""The life of add-ons in a database: installed, updated, removed, and what each step changed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tools import addons, database, paths, templates
from tools.environment import Environment

from . import grounds, snapshot
from .grounds import INSTALL, UPDATE, Case
from .snapshot import Snapshot

STEPS = paths.REPO / "tests" / "matrix" / "_steps.py"


@dataclass
class Life:
    """What was seen of an add-on; `warnings` are lines of Odoo's log by step."""

    failure: str = "it was not reached"  # why there is nothing else, or nothing more
    warnings: dict[str, list[str]] = field(default_factory=dict)
    has_installed: bool = False
    changed_by_update: list[str] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)


def lead(env: Environment, cases: Iterable[Case]) -> dict[Case, Life]:
    """Lead add-ons that share a ground through their lives, in one database and by one Odoo."""
    cases = list(cases)
    [ground] = {case.ground for case in cases}
    lives = {case: Life() for case in cases}
    template, missing = templates.milestone(env, ground)
    with (
        templates.work_copy(env, template.database) as name,
        running(env, name, "-".join(["matrix", *ground])) as odoo,
    ):
        try:
            if missing:
                odoo.do(INSTALL, missing)
            story(lives, grounds.plan(cases, addons.all_addons()), odoo)
        except StepError as error:
            for life in lives.values():
                life.failure = life.failure and str(error)
    return lives


def story(lives: dict[Case, Life], deeds: Iterable[grounds.Deed], odoo: Odoo) -> None:
    """Do all deeds, and note what each did to the add-on it is about."""
    seen: dict[Case, Snapshot] = {}  # how it was before each add-on came
    now: Snapshot = {}
    for deed in deeds:
        life = lives[deed.case] if deed.case else Life()
        if deed.case and deed.kind == INSTALL:
            seen[deed.case] = now = now or odoo.snapshot()
        life.warnings[deed.kind] = odoo.do(deed.kind, deed.names)
        old, now = now, odoo.snapshot() if deed.case else {}
        if not deed.case:
            continue
        if deed.kind == INSTALL:
            life.has_installed = now != old
        elif deed.kind == UPDATE:
            life.changed_by_update = snapshot.differences(old, now)
        else:
            life.left_behind = snapshot.differences(seen.pop(deed.case), now)
            life.failure = ""


class StepError(Exception):
    """A step has failed; its text says which, why, and where the log is."""


class Odoo:
    """An Odoo that installs, updates and removes add-ons in one database."""

    def __init__(self, env: Environment, name: str, title: str) -> None:
        self.env, self.name = env, name
        self.log = paths.log_dir() / f"{title}.log"
        options = ["-c", env.config, "-d", name, "--skip-auto-install", *templates.INSTALL]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(part) for part in (env.python, STEPS, *options)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=env.environ(),
                text=True,
            )

    def do(self, deed: str, names: Iterable[str]) -> list[str]:
        """Do it to these add-ons; returns alarming lines of the log."""
        begin = self.log.stat().st_size
        try:
            self.process.stdin.write(json.dumps([deed, list(names)]) + "\n")
            self.process.stdin.flush()
            is_done = bool(self.process.stdout.readline())
        except BrokenPipeError:
            is_done = False
        said = self.log.read_bytes()[begin:].decode(errors="replace")
        if not is_done:
            reason = database.failure(said)
            raise StepError(f"{deed} of {', '.join(names)} failed ({self.log}): {reason}")
        return database.alarming_lines(said)

    def snapshot(self) -> Snapshot:
        """What the database holds now."""
        return snapshot.take(self.env, self.name)


@contextmanager
def running(env: Environment, name: str, title: str) -> Iterator[Odoo]:
    """An Odoo for this database; at the end it has left it."""
    odoo = Odoo(env, name, title)
    try:
        yield odoo
    finally:
        odoo.process.communicate()
