"""A database of crm_deadline 19.0.1.0.0, with deadlines in it, is updated to the present one.

The old code comes from the history of this repository; a copy without it skips these tests.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tools import environment, paths, templates

from . import life, script

pytestmark = [pytest.mark.matrix, pytest.mark.xdist_group("old_database")]
HERE = paths.REPO / "tests" / "matrix"
VERSIONS = "addons/crm_deadline/models/crm_deadline_policy_version.py"


def git(*arguments: str) -> str:
    """What git says; nothing where it cannot."""
    done = subprocess.run(
        ["git", *arguments], cwd=paths.REPO, capture_output=True, text=True, check=False
    )
    return done.stdout if not done.returncode else ""


def old_commit() -> str:
    """The last commit whose policies had no versions, or nothing."""
    added = git("log", "--diff-filter=A", "--format=%H", "--", VERSIONS).split()
    return f"{added[-1]}^" if added else ""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, dict]:
    """The deadlines before the update, and what was seen of them after."""
    commit = old_commit()
    if not commit:
        pytest.skip("the history of this repository is not here")
    folder = tmp_path_factory.mktemp("old")
    unpack(commit, folder)
    env = environment.prepare(dev=True)
    config = folder / "odoo.conf"
    old = replace(env, addons_path=[folder / "addons", *env.addons_path[1:]], config=config)
    environment.write_config(old, config)
    with templates.work_copy(env, templates.base(env, ["crm"]).database) as name:
        with life.running(old, name, "old-install") as odoo:
            odoo.do("install", ["crm_deadline"])
        before = script.run(old, name, HERE / "_old_deadlines.py")
        with life.running(env, name, "old-update") as odoo:
            warnings = odoo.do("update", ["crm_deadline"])
        after = script.run(env, name, HERE / "_updated_deadlines.py")
    return before, {**after, "warnings": warnings}


def unpack(commit: str, folder: Path) -> None:
    """Put the add-on as it was into a folder."""
    archive = folder / "old.tar"
    git("archive", "-o", str(archive), commit, "addons/crm_deadline")
    subprocess.run(["tar", "-xf", archive.name], cwd=folder, check=True)


def test_deadlines_keep_their_state_and_due_time(told) -> None:
    before, after = told

    assert {state for state, _due in before.values()} == {
        "cancelled",
        "met",
        "missed",
        "paused",
        "running",
    }
    assert after["stored"] == before


def test_ledgers_replay_to_the_stored_state(told) -> None:
    _before, after = told

    assert after["replayed"] == [True] * 6
    assert after["unnamed"] == 0


def test_each_wording_is_a_version_and_deadlines_name_theirs(told) -> None:
    _before, after = told

    assert after["versions"] == {"First answer": [[1, 8, 2], [2, 12, 0]], "Never used": [[1, 3, 0]]}
    assert after["terms"] == [[1, 8]] * 5 + [[2, 12]]


def test_the_update_logs_no_warning(told) -> None:
    _before, after = told

    assert after["warnings"] == []
