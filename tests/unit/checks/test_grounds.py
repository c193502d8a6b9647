"""Add-ons that share a database in the matrix meet what they need, and nothing else."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.matrix.grounds import INSTALL, REMOVE, UPDATE, Case, Deed, cases, plan
from tests.matrix.life import Life, StepError, story
from tools.addons import Manifest, closure

GROUND = ("crm",)


def addon(name: str, *depends: str, is_bridge: bool = False) -> Manifest:
    """An add-on as its manifest tells of it."""
    return Manifest(name, Path(name), "19.0.1.0.0", depends, is_bridge, name, {})


def known(*items: Manifest) -> dict[str, Manifest]:
    """Add-ons by name."""
    return {item.name: item for item in items}


KERNEL = addon("kernel", "crm")
ONE = addon("one", "kernel", "crm")
TWO = addon("two", "kernel", "product")
BRIDGE = addon("bridge", "one", "sale", is_bridge=True)


@st.composite
def forests(draw: st.DrawFn) -> dict[str, Manifest]:
    """Add-ons of which each depends on some that were named before it."""
    found: dict[str, Manifest] = {}
    for number in range(draw(st.integers(1, 7))):
        below = draw(st.lists(st.sampled_from(sorted(found)), unique=True)) if found else []
        found[f"a{number}"] = addon(f"a{number}", "crm", *below)
    return found


@given(forests(), st.data())
def test_each_addon_comes_to_what_it_needs_and_to_nothing_else(addons, data) -> None:
    chosen = data.draw(st.lists(st.sampled_from(sorted(addons)), min_size=1, unique=True))
    here: set[str] = set()
    seen: dict[str, list[str]] = {}

    for deed in plan([Case(name, GROUND) for name in chosen], addons):
        if deed.case:
            needed = set(closure(deed.names, addons)) - {deed.case.addon}
            assert here - {deed.case.addon} == needed
            seen.setdefault(deed.case.addon, []).append(deed.kind)
        if deed.kind == INSTALL:
            assert not here & set(deed.names)
            here |= set(deed.names)
            assert here >= set(closure(deed.names, addons))
        elif deed.kind == REMOVE:
            assert here >= set(deed.names)
            here -= set(deed.names)

    assert seen == {name: [INSTALL, UPDATE, REMOVE] for name in chosen}


def test_what_nobody_looks_at_is_installed_in_one_step_and_left_at_the_end() -> None:
    case = Case("bridge", ("crm", "sale"))

    assert plan([case], known(KERNEL, ONE, BRIDGE)) == [
        Deed(INSTALL, ("kernel", "one")),
        Deed(INSTALL, ("bridge",), case),
        Deed(UPDATE, ("bridge",), case),
        Deed(REMOVE, ("bridge",), case),
    ]


def test_alone_means_the_modules_of_odoo_that_it_asks_for() -> None:
    found = {str(case): case.ground for case in cases(known(KERNEL, ONE, TWO, BRIDGE))}

    assert found["kernel"] == ("crm",)
    assert found["two"] == ("crm", "product")
    assert found["bridge"] == ("crm", "sale")


def test_features_meet_the_usual_neighbours_on_one_ground_and_bridges_do_not() -> None:
    found = [case for case in cases(known(KERNEL, ONE, TWO, BRIDGE)) if case.label]

    assert [case.addon for case in found] == ["kernel", "one", "two"]
    assert {case.ground for case in found} == {
        ("account", "crm", "product", "sale_crm", "sale_stock")
    }


class Fake:
    """An Odoo whose database holds names; some steps leave a row, log a line, or fail."""

    def __init__(self, **faults: str) -> None:
        self.rows: set[str] = set()
        self.faults = faults

    def do(self, deed: str, names: tuple[str, ...]) -> list[str]:
        fault = self.faults.get(f"{deed}_{names[-1]}")
        if fault == "fails":
            raise StepError(f"{deed} of {names[-1]} failed")
        if deed == INSTALL:
            self.rows |= set(names)
        if deed == REMOVE:
            self.rows -= set(names)
        if fault == "leaves":
            self.rows.add(f"{deed} of {names[-1]}")
        return ["a warning"] if fault == "warns" else []

    def snapshot(self) -> dict[str, set[str]]:
        return {"view": set(self.rows)}


def lives_of(*names: str, **faults: str) -> dict[str, Life]:
    """What is told of add-ons on one ground."""
    addons = known(KERNEL, ONE, TWO)
    lives = {Case(name, GROUND): Life() for name in names}
    try:
        story(lives, plan(lives, addons), Fake(**faults))
    except StepError as error:
        for life in lives.values():
            life.failure = life.failure and str(error)
    return {case.addon: life for case, life in lives.items()}


def test_a_clean_life_shows_an_installation_and_nothing_more() -> None:
    for life in lives_of("kernel", "one", "two").values():
        assert life == Life(
            failure="", has_installed=True, warnings={INSTALL: [], UPDATE: [], REMOVE: []}
        )


def test_what_a_step_did_is_told_of_the_addon_that_did_it() -> None:
    found = lives_of("one", "two", update_one="leaves", install_two="warns")

    assert found["one"].changed_by_update == ["+ view: update of one"]
    assert found["one"].left_behind == ["+ view: update of one"]
    assert found["two"].changed_by_update == found["two"].left_behind == []
    assert found["two"].warnings[INSTALL] == ["a warning"]


def test_a_removal_that_leaves_something_is_seen_below_it_too() -> None:
    found = lives_of("kernel", "one", remove_one="leaves")

    assert found["one"].left_behind == found["kernel"].left_behind == ["+ view: remove of one"]


def test_a_failure_names_its_step_for_all_whose_life_it_cut_short() -> None:
    found = lives_of("kernel", "one", "two", install_two="fails")

    assert not found["one"].failure
    assert found["two"].failure == found["kernel"].failure == "install of two failed"
