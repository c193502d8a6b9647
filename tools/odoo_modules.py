"""Odoo's own modules: what they need, and over which databases the way to a set of them leads."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable

from tools import addons
from tools.console import SuiteError
from tools.environment import Environment

# What takes long to install and is part of many sets, in the order in which a database gets it. A
# set is then a copy of the last one before it, with little to add.
MILESTONES = ("crm", "account", "sale", "stock")
Needs = Callable[[str], Iterable[str]]  # the direct dependencies of a module


def needs(env: Environment) -> Needs:
    """A function that reads what a module depends on; there are six hundred, few are asked for."""
    folders = [env.odoo / "odoo" / "addons", *env.addons_path[1:]]

    @functools.cache
    def read(name: str) -> tuple[str, ...]:
        for folder in folders:
            if (folder / name / "__manifest__.py").is_file():
                return addons.read_manifest(folder / name).depends if name != "base" else ()
        raise SuiteError(f"this Odoo has no module {name}")

    return read


def closure(names: Iterable[str], needed: Needs) -> frozenset[str]:
    """These modules and all they stand on, `base` included."""
    found: set[str] = set()
    waiting = {"base", *names}
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= {*needed(name)} - found
    return frozenset(found)


def tops(names: Iterable[str], needed: Needs) -> list[str]:
    """Those that bring all others of `names` with them, sorted."""
    names = set(names)
    return sorted(names - {below for name in names for below in needed(name)})


def ladder(wanted: Collection[str], needed: Needs) -> list[frozenset[str]]:
    """The milestones on the way to a set of modules, each larger than the one before.

    They depend on the set alone, never on what happens to be built: equal sets grow equally.
    """
    rungs: list[frozenset[str]] = []
    for milestone in MILESTONES:
        if milestone in wanted:
            rungs.append(closure([milestone], needed).union(*rungs[-1:]))
    return rungs
