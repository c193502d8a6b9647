"""The website's own form, driven over HTTP in a database with website_crm, meets the gate.

A lane of its own: the website in the database of the other tests would change what they see.
"""

from __future__ import annotations

import json
import subprocess

import pytest

from tools import environment, paths, templates

pytestmark = pytest.mark.matrix
SCRIPT = paths.REPO / "tests" / "matrix" / "_website_form.py"


@pytest.fixture(scope="module")
def told() -> dict:
    """What the script saw."""
    env = environment.prepare(dev=True)
    template = templates.suite(env, ["crm_standards"], extra=["website_crm"]).database
    with templates.work_copy(env, template) as name:
        done = subprocess.run(
            [str(env.odoo_bin), "shell", "-c", str(env.config), "-d", name, "--no-http"],
            input=SCRIPT.read_text(encoding="utf-8"),
            capture_output=True,
            text=True,
            env=env.environ(),
            check=False,
        )
    assert not done.returncode, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_visitor_is_not_refused_and_his_lead_is_not_lost(told) -> None:
    assert told["status"] == 200, told
    assert told["leads"] == 1, told


def test_lead_begins_where_it_may_and_the_register_says_why(told) -> None:
    assert told["stages"] == ["First"]
    assert "stopped" in told["effects"]
    assert told["drift"] == []
