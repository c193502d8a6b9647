"""The website's own form, driven over HTTP in a database with website_crm, meets the gate.

A lane of its own: the website in the database of the other tests would change what they see.
"""

from __future__ import annotations

import pytest

from tools import environment, paths, templates

from . import script

pytestmark = [pytest.mark.matrix, pytest.mark.xdist_group("website_form")]
SCRIPT = paths.REPO / "tests" / "matrix" / "_website_form.py"


@pytest.fixture(scope="module")
def told() -> dict:
    """What the script saw."""
    env = environment.prepare(dev=True)
    template = templates.suite(env, ["crm_standards"], extra=["website_crm"]).database
    with templates.work_copy(env, template) as name:
        return script.run(env, name, SCRIPT)


def test_visitor_is_not_refused_and_his_lead_is_not_lost(told) -> None:
    assert told["status"] == 200, told
    assert told["leads"] == 1, told


def test_lead_begins_where_it_may_and_the_register_says_why(told) -> None:
    assert told["stages"] == ["First"]
    assert "stopped" in told["effects"]
    assert told["drift"] == []
