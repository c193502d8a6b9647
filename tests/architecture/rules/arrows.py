"""Arrows point down only: bridges stand on features, features on the kernel and on Odoo."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import KERNEL, Addon, Repository


def manifest_of(addon: Addon, message: str) -> Finding:
    """A finding about the manifest as a whole."""
    return addon.path / "__manifest__.py", 0, message


@rule("arrows-feature")
def check_features(repository: Repository) -> Iterator[Finding]:
    """A feature depends on Odoo and the kernel only; the kernel on Odoo only."""
    for addon in repository.addons:
        if addon.is_bridge:
            continue
        allowed = set() if addon.name in KERNEL else KERNEL
        for name in sorted(set(addon.depends) & set(repository.by_name) - allowed):
            yield manifest_of(addon, f"depends on {name}: join the two by a bridge")


@rule("arrows-bridge")
def check_bridges(repository: Repository) -> Iterator[Finding]:
    """A bridge names exactly the two add-ons it joins, at least one of ours, never a bridge."""
    for addon in repository.addons:
        if not addon.is_bridge:
            continue
        if len(addon.depends) != 2:
            yield manifest_of(addon, f"a bridge names exactly two add-ons, not {addon.depends}")
        ours = [repository.by_name[name] for name in addon.depends if name in repository.by_name]
        if not ours:
            yield manifest_of(addon, "joins no add-on of this repository")
        for other in ours:
            if other.is_bridge:
                yield manifest_of(addon, f"{other.name} is itself a bridge")


@rule("arrows-bridge-name")
def check_bridge_names(repository: Repository) -> Iterator[Finding]:
    """A bridge is called after its two ends: ours in alphabetical order, Odoo's last."""
    for addon in repository.addons:
        if not addon.is_bridge or len(addon.depends) != 2:
            continue
        ours = sorted(name for name in addon.depends if name in repository.by_name)
        foreign = [name for name in addon.depends if name not in repository.by_name]
        if not foreign:
            expected = ours[0] + "_" + ours[1].removeprefix("crm_")
            if addon.name != expected:
                yield manifest_of(addon, f"should be called {expected}")
        elif ours:
            tail = addon.name.removeprefix(ours[0] + "_")
            # `crm_kpi_sale` joins `sale_crm`: the tail is a whole word of the module's name
            if tail == addon.name or f"_{tail}_" not in f"_{foreign[0]}_":
                yield manifest_of(addon, f"should be called {ours[0]}_{foreign[0]}")


@rule("arrows-mention")
def check_mentions(repository: Repository) -> Iterator[Finding]:
    """Code and data speak only of models and ids of add-ons they depend on."""
    owners = {
        model.name: addon.name
        for addon in repository.addons
        for model in addon.models
        if model.is_new
    }
    for addon in repository.addons:
        near = repository.closure(addon)
        strange = [name for name in repository.by_name if name not in near]
        words = [rf"\b{name}\.\w" for name in strange]
        words += [rf"[\"']{re.escape(name)}[\"']" for name in owners if owners[name] in strange]
        if not words:
            continue
        pattern = re.compile("|".join(words))
        for path in [source.path for source in addon.sources] + addon.xml_files:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if found := pattern.search(line):
                    yield path, number, f"speaks of {found.group()}, which it does not depend on"
