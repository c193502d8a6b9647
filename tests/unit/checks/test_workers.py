"""How many processes share the tests, and what they are told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import paths, workers
from tools import test as verb

TESTS = "class TestIt:\n" + "    def test_it(self):\n        pass\n" * 30
TOUR = "class TestTour:\n    def test_tour(self):\n        self.start_tour('/odoo', 'a')\n"
GROUPED = """
import os, pathlib, pytest
GROUPS = [pytest.param(n, marks=pytest.mark.xdist_group("abc"[n % 3])) for n in range(6)]

@pytest.fixture(scope="module", params=GROUPS)
def number(request):
    return request.param

@pytest.mark.parametrize("again", range(4))
def test_it(number, again):
    pathlib.Path("abc"[number % 3] + f"-{os.getpid()}").touch()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with thirty ordinary tests and one that drives a browser."""
    folder = tmp_path / "addons" / "crm_x" / "tests"
    folder.mkdir(parents=True)
    (folder / "common.py").write_text(TESTS)
    (folder / "test_it.py").write_text(TESTS)
    (folder / "test_tour.py").write_text(TOUR)
    return tmp_path


@pytest.mark.parametrize(
    ("wanted", "weight", "passed_on", "cores", "number"),
    [
        (None, 5000, [], 2, 2),
        (None, 5000, [], 64, workers.MOST),
        (None, 5000, [], 1, 1),
        (None, workers.ENOUGH, [], 2, 1),
        (None, 2 * workers.ENOUGH, [], 2, 2),
        (None, 0, [], 2, 1),
        (3, 1, [], 2, 3),
        (0, 5000, [], 2, 1),
        (1, 5000, [], 2, 1),
        (None, 5000, ["--durations=5", "-v"], 2, 2),
        (None, 5000, ["-v", "-s"], 2, 1),
        (2, 5000, ["--pdb"], 2, 1),
    ],
)
def test_as_many_processes_as_cores_and_work_allow(
    wanted: int | None, weight: int, passed_on: list[str], cores: int, number: int
) -> None:
    assert workers.number(wanted, weight, passed_on, cores) == number


@pytest.mark.parametrize(
    ("target", "browser", "weight"),
    [
        ("addons/crm_x/tests", True, 31 + workers.BROWSER_TEST),
        ("addons/crm_x/tests", False, 31),
        ("addons/crm_x/tests/test_it.py", True, 30),
        ("addons/crm_x/tests/test_it.py::TestIt", True, 1),
    ],
)
def test_a_target_weighs_its_tests(root: Path, target: str, browser: bool, weight: int) -> None:
    assert workers.weight([target], root, browser) == weight


def test_each_process_inside_odoo_has_a_configuration_of_its_own() -> None:
    options = workers.inside_odoo([Path("/run/a.conf"), Path("/run/b.conf")])

    assert "--tx=popen//id=odoo1//env:ODOO_RC=/run/a.conf" in options
    assert "--tx=popen//id=odoo2//env:ODOO_RC=/run/b.conf" in options
    assert workers.are_told(options)


def test_processes_inside_odoo_measure_themselves_where_coverage_is_wanted() -> None:
    options = verb.inside_options([Path("/run/a.conf"), Path("/run/b.conf")], coverage=True)

    measured = [option for option in options if "env:COVERAGE_PROCESS_START=/" in option]
    assert len(measured) == 2


def test_one_process_is_told_nothing_of_others() -> None:
    options = verb.inside_options([Path("/run/a.conf")], coverage=True)

    assert "--odoo-config=/run/a.conf" in options
    assert not workers.are_told(options)
    assert workers.by_group(1) == []


def test_tests_that_belong_together_stay_in_one_process() -> None:
    assert workers.by_group(2) == ["--numprocesses=2", "--dist=loadgroup"]


def test_a_group_is_not_torn_apart(tmp_path: Path) -> None:
    (tmp_path / "test_grouped.py").write_text(GROUPED)
    options = ["-q", "-p", "no:odoo", "-p", "no:cacheprovider", "-p", "conftest"]

    subprocess.run(
        [sys.executable, "-m", "pytest", *options, *workers.by_group(2)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(paths.REPO)},
        check=True,
        stdout=subprocess.DEVNULL,
    )

    done = [file.name.partition("-") for file in tmp_path.glob("?-*")]
    assert sorted(group for group, _dash, _pid in done) == ["a", "b", "c"]
    assert len({pid for _group, _dash, pid in done}) == 2
