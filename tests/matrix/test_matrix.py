"""Each add-on installs alone, changes nothing when updated again, and leaves without a trace."""

from __future__ import annotations

import pytest

from tools import addons, environment
from tools.environment import Environment

from . import snapshot
from .life import Case, Life, cases, live

pytestmark = pytest.mark.matrix
CASES = cases(addons.all_addons())


@pytest.fixture(scope="module")
def env() -> Environment:
    return environment.prepare(dev=True)


def param(case: Case) -> object:
    """A case as a parameter; several processes share the cases, never the tests of one."""
    return pytest.param(case, id=str(case), marks=pytest.mark.xdist_group(str(case)))


@pytest.fixture(scope="module", params=[param(case) for case in CASES])
def life(request: pytest.FixtureRequest, env: Environment) -> Life:
    case: Case = request.param
    return live(env, case)


def test_no_step_logs_a_warning(life: Life) -> None:
    assert life.warnings == {"install": [], "update": [], "remove": []}


def test_a_second_update_changes_nothing(life: Life) -> None:
    found = snapshot.differences(life.installed, life.updated)

    if found:
        pytest.fail(snapshot.told(found), pytrace=False)


def test_removal_leaves_nothing_behind(life: Life) -> None:
    found = snapshot.differences(life.before, life.removed)

    if found:
        pytest.fail(snapshot.told(found), pytrace=False)


def test_the_snapshot_sees_an_installation(life: Life) -> None:
    assert snapshot.differences(life.before, life.installed)
