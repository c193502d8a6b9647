"""Each add-on installs alone, changes nothing when updated again, and leaves without a trace."""

from __future__ import annotations

import pytest

from tools import addons, environment
from tools.environment import Environment

from . import snapshot
from .grounds import Case, cases
from .life import Life, lead

pytestmark = pytest.mark.matrix
CASES = cases(addons.all_addons())


@pytest.fixture(scope="module")
def env() -> Environment:
    return environment.prepare(dev=True)


@pytest.fixture(scope="module")
def lives() -> dict[Case, Life]:
    """What has been seen already: those who share a ground come together."""
    return {}


def param(case: Case) -> object:
    """A case as a parameter; several processes share the grounds, never the cases of one."""
    group = pytest.mark.xdist_group(" ".join(case.ground))
    return pytest.param(case, id=str(case), marks=group)


@pytest.fixture(scope="module", params=[param(case) for case in CASES])
def life(request: pytest.FixtureRequest, env: Environment, lives: dict[Case, Life]) -> Life:
    case: Case = request.param
    if case not in lives:
        lives.update(lead(env, [one for one in chosen(request) if one.ground == case.ground]))
    if lives[case].failure:
        pytest.fail(lives[case].failure, pytrace=False)
    return lives[case]


def chosen(request: pytest.FixtureRequest) -> set[Case]:
    """The cases that this run asks for: no other has to live."""
    specs = [getattr(item, "callspec", None) for item in request.session.items]
    found = [spec.params.get("life") for spec in specs if spec]
    return {case for case in found if isinstance(case, Case)}


def test_no_step_logs_a_warning(life: Life) -> None:
    assert life.warnings == {"install": [], "update": [], "remove": []}


def test_a_second_update_changes_nothing(life: Life) -> None:
    if life.changed_by_update:
        pytest.fail(snapshot.told(life.changed_by_update), pytrace=False)


def test_removal_leaves_nothing_behind(life: Life) -> None:
    if life.left_behind:
        pytest.fail(snapshot.told(life.left_behind), pytrace=False)


def test_the_snapshot_sees_an_installation(life: Life) -> None:
    assert life.has_installed
