"""Prepared databases: made once, copied in half a second, made anew when their content changes.

Layers, each named after a hash of what is in it:

* base: Odoo's own modules that add-ons depend on, and the Russian language. The hash covers Odoo's
  version and all modules in it, named or brought by others. The way to a big one leads over smaller
  ones that others start from as well (`odoo_modules.ladder`).
* suite: a copy of a base with our add-ons installed. The hash covers the base and what of the
  add-ons goes into a database (`addons.digest`): a changed method body needs no new one.
* web: a copy of a suite template with JavaScript and styles compiled, where browsers are driven. A
  bundle whose source has changed since is compiled by each test that asks for it.

Tests and benchmarks get a copy of one, named after this clone, dropped when they are through.
A database is built under another name and renamed when it is complete, so an interrupted build
is never taken for a finished one. Who wants one that is being built waits; others build meanwhile.
"""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tools import addons, cluster, console, database, odoo_modules, paths, process
from tools.environment import Environment, lock

# The first one becomes the language of new users and of the company.
LANGUAGES = "en_US,ru_RU"
BASE, SUITE, WEB = "base", "tpl", "web"
PARTIAL = "_partial"
# How many of each kind stay (a base has about 50 MB); a switch of branches then finds its databases
# again. Bases are more: each is the end of a way over others.
KEPT = {BASE: 16, SUITE: 4, WEB: 2}
# The fixed options of every installation of ours.
INSTALL = ("--stop-after-init", "--no-http", "--max-cron-threads=0")
# What tours and unit tests of JavaScript load, compiled by Odoo itself.
COMPILE = """
for name in (
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_tests",
    "web.assets_unit_tests_setup",
    "web.assets_unit_tests",
):
    env["ir.qweb"]._get_asset_bundle(name, css=False, js=True).js()
    env["ir.qweb"]._get_asset_bundle(name, css=True, js=False).css()
env.cr.commit()
"""


@dataclass(frozen=True)
class Template:
    """A prepared database, and what the add-ons logged while they were installed in it."""

    database: str
    warnings: tuple[str, ...] = ()


def short_hash(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for these texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def prefix(env: Environment, kind: str) -> str:
    """How names of this kind begin. A file store is part of a database, so where two state
    directories use one server their names differ.
    """
    return f"suite_{kind}_{short_hash(str(env.data_dir))[:4]}_"


def base_name(env: Environment, modules: Iterable[str]) -> str:
    """Name of the base that holds these modules of Odoo and no others."""
    release = (env.odoo / "odoo" / "release.py").read_text(encoding="utf-8")
    content = short_hash(release, str(env.odoo), LANGUAGES, *sorted(modules))
    return prefix(env, BASE) + content


def base(env: Environment, modules: Iterable[str]) -> Template:
    """A database with exactly these modules of Odoo and what they need, Russian loaded."""
    needed = odoo_modules.needs(env)
    wanted = odoo_modules.closure(modules, needed)
    return _climb(env, dict.fromkeys([*odoo_modules.ladder(wanted, needed), wanted]))


def milestone(env: Environment, modules: Iterable[str]) -> tuple[Template, list[str]]:
    """The last database that the way to a base shares with others, and what is still to install.

    For somebody who has an Odoo at hand anyway, and wants this set of modules only once.
    """
    needed = odoo_modules.needs(env)
    wanted = odoo_modules.closure(modules, needed)
    ladder = odoo_modules.ladder(wanted, needed) or [odoo_modules.closure([], needed)]
    return _climb(env, ladder), odoo_modules.tops(wanted - ladder[-1], needed)


def _climb(env: Environment, ladder: Iterable[frozenset[str]]) -> Template:
    """The database with the last of these sets, each a copy of the one before with more in it."""
    needed = odoo_modules.needs(env)
    template, has = Template(""), frozenset()
    for rung in ladder:
        names = odoo_modules.tops(rung - has, needed)
        title = f"prepare Odoo ({', '.join([*(['...'] if has else []), *names])})"
        build = _installation(env, template.database, names, title)
        template, has = _ensure(env, base_name(env, rung), build), rung
    return template


def suite(env: Environment, names: Iterable[str], extra: Iterable[str] = ()) -> Template:
    """A database with these add-ons of ours, those they need, and `extra` modules of Odoo.

    Nothing installs itself beside them: a bridge is there when it is named.
    """
    known = addons.all_addons()
    inside = addons.closure(names, known)
    outside = base(env, {*addons.outside_dependencies(inside, known), *extra}).database
    name = prefix(env, SUITE) + short_hash(outside, addons.digest(inside))
    title = f"install {', '.join(inside)}"
    return _ensure(env, name, _installation(env, outside, inside, title))


def web(env: Environment, source: Template) -> Template:
    """A suite template with bundles compiled: what a test compiles is rolled back with the test."""

    def build(partial: str) -> list[str]:
        database.copy(env, source.database, partial)
        command = [env.odoo_bin, "shell", "-c", env.config, "-d", partial, "--no-http"]
        try:
            with console.step("compile JavaScript and styles"):
                process.output([*command, "--log-level=error"], env=env.environ(), stdin=COMPILE)
        except subprocess.CalledProcessError as error:
            reason = process.last_line(error.stderr)
            raise console.SuiteError(f"JavaScript or styles do not compile: {reason}") from error
        return list(source.warnings)

    return _ensure(env, prefix(env, WEB) + short_hash(source.database), build)


def _ensure(env: Environment, name: str, build: Callable[[str], list[str]]) -> Template:
    """The template `name`; where it does not exist, `build` makes it and returns its warnings."""
    with _building(name):
        stamp = database.get_stamp(env, name) or {} if database.exists(env, name) else None
        if stamp is None or is_doubtful(stamp, cluster.last_cut() if env.pg.private else 0):
            with lock():
                _vacuum(env)
            for left in (name, name + PARTIAL):
                database.drop(env, left)
            stamp = {"warnings": build(name + PARTIAL), "built": time.time()}
            database.rename(env, name + PARTIAL, name)
        database.set_stamp(env, name, stamp | {"used": time.time()})
    return Template(name, tuple(stamp.get("warnings", ())))


@contextmanager
def _building(name: str, wait: bool = True) -> Iterator[bool]:
    """Hold the right to build a template; tells whether it was to be had (`wait` for it)."""
    with (paths.run_dir() / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def is_doubtful(stamp: dict[str, Any], last_cut: float) -> bool:
    """Whether a template was built before the server ended suddenly: what is cheap is made anew."""
    return float(stamp.get("built", 0)) < last_cut


def _installation(
    env: Environment, source: str, modules: list[str], title: str
) -> Callable[[str], list[str]]:
    """How `_ensure` installs `modules` in a copy of `source` (empty: in a new database)."""

    def build(partial: str) -> list[str]:
        options = ["-d", partial, "-i", ",".join(modules), "--skip-auto-install", *INSTALL]
        if source:
            database.copy(env, source, partial)
        else:
            options.append(f"--load-language={LANGUAGES}")
        log_path = paths.log_dir() / f"{partial.removesuffix(PARTIAL)}.log"
        return database.odoo(env, "server", *options, log_path=log_path, title=title)

    return build


def _vacuum(env: Environment) -> None:
    """Drop what others left unfinished and nobody builds now, and what is not used any more."""
    names = database.names(env)
    for kind, kept in KEPT.items():
        ours = [name for name in names if name.startswith(prefix(env, kind))]
        partial = [name for name in ours if name.endswith(PARTIAL)]
        used = {name: _last_use(env, name) for name in ours if name not in partial}
        for name in (*partial, *least_used(used, kept)):
            with _building(name.removesuffix(PARTIAL), wait=False) as is_free:
                if is_free:
                    database.drop(env, name)


def least_used(used: dict[str, float], kept: int) -> list[str]:
    """All but the `kept` names with the latest time of use."""
    return sorted(used, key=used.__getitem__, reverse=True)[kept:]


def _last_use(env: Environment, name: str) -> float:
    stamp = database.get_stamp(env, name) or {}
    return float(stamp.get("used", 0))


@contextmanager
def free_slot() -> Iterator[int]:
    """A number that no other run of this clone uses now: two runs get two databases."""
    for number in range(1, 100):
        with (paths.run_dir() / f"test-{paths.clone_key()}-{number}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield number
            return
    raise console.SuiteError("99 test runs of this clone at once")


@contextmanager
def work_copy(env: Environment, template: str, keep: bool = False) -> Iterator[str]:
    """A copy of a template to work on, dropped at the end unless `keep`."""
    with free_slot() as number:
        name = f"{prefix(env, 'test')}{paths.clone_key()}_{number}"
        database.drop(env, name)  # left by a run that was killed
        database.copy(env, template, name)
        try:
            yield name
        finally:
            if keep:
                console.say(f"kept database {name} (./suite shell --db {name})")
            else:
                database.drop(env, name)
