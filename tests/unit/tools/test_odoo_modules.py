"""The way to a set of Odoo's modules leads over sets that others start from too."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import odoo_modules
from tools.console import SuiteError

NEEDS = {
    "base": (),
    "mail": ("base",),
    "crm": ("mail",),
    "product": ("base",),
    "account": ("product", "mail"),
    "sale": ("account",),
    "stock": ("product",),
    "survey": ("mail",),
}
CRM = frozenset({"base", "mail", "crm"})
ACCOUNT = CRM | {"product", "account"}


def way(*names: str) -> list[frozenset[str]]:
    """The milestones on the way to these modules."""
    return odoo_modules.ladder(closure(*names), NEEDS.__getitem__)


def closure(*names: str) -> frozenset[str]:
    """These modules and all they stand on."""
    return odoo_modules.closure(names, NEEDS.__getitem__)


def test_a_module_brings_all_it_stands_on() -> None:
    assert closure("account") == {"base", "mail", "product", "account"}
    assert closure() == {"base"}


def test_only_what_brings_the_others_is_named() -> None:
    names = closure("sale", "survey") - CRM

    assert odoo_modules.tops(names, NEEDS.__getitem__) == ["sale", "survey"]


def test_the_way_leads_over_milestones_that_are_in_the_set() -> None:
    assert way("crm") == [CRM]
    assert way("crm", "survey") == [CRM]
    assert way("crm", "sale", "survey") == [CRM, ACCOUNT, ACCOUNT | {"sale"}]
    assert way("survey") == []


def test_equal_sets_go_the_same_way_however_they_are_named() -> None:
    assert way("crm", "product", "account", "sale") == way("sale", "crm")


def test_a_milestone_brings_what_came_before_it_and_nothing_else() -> None:
    assert way("crm", "stock", "survey") == [CRM, CRM | {"product", "stock"}]


def test_a_module_that_this_odoo_does_not_have_is_named(tmp_path: Path) -> None:
    env = SimpleNamespace(odoo=tmp_path, addons_path=[tmp_path / "ours"])

    with pytest.raises(SuiteError, match="no module crm_unknown"):
        odoo_modules.closure(["crm_unknown"], _needs_with_base(env))


def _needs_with_base(env: SimpleNamespace) -> odoo_modules.Needs:
    """What the modules of a tree need that holds `base` alone."""
    base = env.odoo / "odoo" / "addons" / "base"
    base.mkdir(parents=True)
    (base / "__manifest__.py").write_text("{'name': 'Base'}")
    return odoo_modules.needs(env)
