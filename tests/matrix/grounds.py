"""Which add-ons live in which database, and in what order.

A ground is a database with modules of Odoo and nothing else. Add-ons that ask for the same modules
live on one ground, one upon another: each is installed in a database with what it needs and no
more, and removed before the next one comes that does without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tools import addons

# Odoo's modules that most companies have beside a CRM; their fields and stages are the usual
# places where an add-on that was only tried alone goes wrong.
NEIGHBOURS = ("account", "sale_crm", "sale_stock")
INSTALL, UPDATE, REMOVE = "install", "update", "remove"
Known = dict[str, addons.Manifest]


@dataclass(frozen=True)
class Case:
    """One add-on on its ground; `label` tells grounds apart that it lives on."""

    addon: str
    ground: tuple[str, ...]
    label: str = ""

    def __str__(self) -> str:
        return f"{self.addon}-with-{self.label}" if self.label else self.addon


@dataclass(frozen=True)
class Deed:
    """A step on a ground; with a case where it is looked at, else it only prepares for others."""

    kind: str
    names: tuple[str, ...]
    case: Case | None = None


def cases(known: Known) -> list[Case]:
    """Each add-on alone, and each that is no bridge beside its usual neighbours too.

    The neighbours' ground is one for all: it has what each of them needs.
    """
    features = [name for name, item in known.items() if not item.auto_install]
    company = tuple(sorted({*addons.outside_dependencies(features, known), *NEIGHBOURS}))
    alone = [Case(name, tuple(addons.outside_dependencies([name], known))) for name in known]
    return alone + [Case(name, company, "neighbours") for name in features]


def plan(chosen: Iterable[Case], known: Known) -> list[Deed]:
    """All steps for cases that share a ground.

    An add-on is installed upon what it needs, updated, and removed when all upon it are gone.
    """
    tree: dict = {}
    lived = {tuple(addons.closure([case.addon], known)): case for case in chosen}
    for path in lived:
        above = tree
        for name in path:
            above = above.setdefault(name, {})
    deeds = _joined(_walk(tree, (), lived))
    while deeds and deeds[-1].case is None:
        deeds.pop()  # nobody looks at the database any more
    return deeds


def _walk(tree: dict, path: tuple[str, ...], lived: dict[tuple[str, ...], Case]) -> Iterator[Deed]:
    """Each add-on of the tree: installed, what stands upon it, removed."""
    for name, above in tree.items():
        here = (*path, name)
        case = lived.get(here)
        yield Deed(INSTALL, (name,), case)
        if case:
            yield Deed(UPDATE, (name,), case)
        yield from _walk(above, here, lived)
        yield Deed(REMOVE, (name,), case)


def _joined(deeds: Iterable[Deed]) -> list[Deed]:
    """The same, several add-ons in one step where nobody looks between."""
    joined: list[Deed] = []
    for deed in deeds:
        if joined and deed.case is None and (joined[-1].kind, joined[-1].case) == (deed.kind, None):
            joined[-1] = Deed(deed.kind, joined[-1].names + deed.names)
        else:
            joined.append(deed)
    return joined
