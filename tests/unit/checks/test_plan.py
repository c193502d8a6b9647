"""`./suite test` sends each target to the process it belongs to."""

from pathlib import Path

import pytest

from tools import cli
from tools import test as verb
from tools.console import SuiteError

MANIFEST = "{{'version': '19.0.1.0.0', 'depends': {depends}}}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a kernel, a feature on it, and tests of every kind."""
    for name, depends in {"crm_base": ["crm"], "crm_top": ["crm_base"], "crm_x": ["crm"]}.items():
        tests = tmp_path / "addons" / name / "tests"
        tests.mkdir(parents=True)
        (tests / "test_it.py").touch()
        (tests.parent / "__manifest__.py").write_text(MANIFEST.format(depends=depends))
    for folder in ("unit/crm_top", "architecture", "matrix", "scenarios", "load"):
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / "test_it.py").touch()
    (tmp_path / "tests" / "empty").mkdir()
    return tmp_path


def test_no_target_means_everything_but_benchmarks(root: Path) -> None:
    plan = verb.make_plan([], root)

    assert plan.lanes[verb.PURE] == ["tests/architecture", "tests/unit"]
    assert plan.lanes[verb.MATRIX] == ["tests/matrix"]
    assert "tests/scenarios" in plan.lanes[verb.ODOO]
    assert "addons/crm_x/tests" in plan.lanes[verb.ODOO]
    assert not {"tests/load", "tests/empty"} & {
        path for lane in plan.lanes.values() for path in lane
    }
    assert plan.is_complete


def test_an_addon_brings_its_unit_tests_and_what_it_stands_on(root: Path) -> None:
    plan = verb.make_plan(["crm_top"], root)

    assert plan.lanes == {
        verb.PURE: ["tests/unit/crm_top"],
        verb.ODOO: ["addons/crm_top/tests"],
    }
    assert plan.names == ["crm_base", "crm_top"]
    assert not plan.neighbors
    assert not plan.is_complete


def test_a_file_of_an_addon_needs_that_addon_only(root: Path) -> None:
    plan = verb.make_plan(["addons/crm_x/tests/test_it.py::TestIt::test_one"], root)

    assert plan.lanes == {verb.ODOO: ["addons/crm_x/tests/test_it.py::TestIt::test_one"]}
    assert plan.names == ["crm_x"]


@pytest.mark.parametrize("targets", [[], ["tests/scenarios"], ["tests/scenarios", "crm_x"]])
def test_a_scenario_needs_every_addon_and_its_neighbors(root: Path, targets: list[str]) -> None:
    plan = verb.make_plan(targets, root)

    assert plan.names == ["crm_base", "crm_top", "crm_x"]
    assert plan.neighbors == verb.NEIGHBORS


@pytest.mark.parametrize("folder", ["tests", "tests/"])
def test_a_folder_of_folders_is_sorted_into_its_processes(root: Path, folder: str) -> None:
    plan = verb.make_plan([folder], root)

    assert plan.lanes[verb.PURE] == ["tests/architecture", "tests/unit"]
    assert plan.lanes[verb.ODOO] == ["tests/scenarios"]


def test_an_unknown_target_is_refused_with_the_names_that_exist(root: Path) -> None:
    with pytest.raises(SuiteError, match=r"crm_none .*crm_base, crm_top, crm_x"):
        verb.make_plan(["crm_none"], root)


def test_a_path_outside_the_repository_is_refused(root: Path) -> None:
    with pytest.raises(SuiteError):
        verb.make_plan([str(root.parent)], root)


@pytest.mark.parametrize(
    ("words", "ours", "passed_on"),
    [
        ([], [], []),
        (["test", "crm_x", "-x"], ["test", "crm_x", "-x"], []),
        (["test", "-x", "--", "-s", "--", "-v"], ["test", "-x"], ["-s", "--", "-v"]),
        (["test", "--"], ["test"], []),
    ],
)
def test_what_follows_two_dashes_is_passed_on(
    words: list[str], ours: list[str], passed_on: list[str]
) -> None:
    assert cli.split_passed_on(words) == (ours, passed_on)
