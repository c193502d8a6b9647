"""What the gate costs: SQL statements of stage changes with ten rules in force, against bare Odoo.

The same script runs in a database with nothing but crm, and in one with the standards. Statements
are exact, so the limits are too.
"""

from __future__ import annotations

import pytest

from tools import environment, paths, templates
from tools.environment import Environment

from . import script

pytestmark = [pytest.mark.matrix, pytest.mark.xdist_group("query_cost")]
SCRIPT = paths.REPO / "tests" / "load" / "_stage_change.py"


def measure(env: Environment, template: str) -> dict[str, int]:
    """Return statements by deed, counted in a copy of a prepared database."""
    with templates.work_copy(env, template) as name:
        return script.run(env, name, SCRIPT)


@pytest.fixture(scope="module")
def counts() -> tuple[dict[str, int], dict[str, int]]:
    """Statements of bare Odoo and with the standards."""
    env = environment.prepare(dev=True)
    core = measure(env, templates.base(env, ["crm"]).database)
    ours = measure(env, templates.suite(env, ["crm_standards"]).database)
    return core, ours


def test_one_stage_change_costs_two_statements_more_at_most(counts) -> None:
    core, ours = counts

    assert ours["one"] <= core["one"] + 2
    assert ours["one_quiet"] <= core["one_quiet"] + 2


def test_a_batch_of_a_thousand_costs_a_twentieth_more_at_most(counts) -> None:
    core, ours = counts

    assert ours["batch"] <= 1.05 * core["batch"]


def test_a_batch_without_tracking_costs_one_statement_more(counts) -> None:
    core, ours = counts

    assert ours["batch_quiet"] <= core["batch_quiet"] + 1


def test_creation_costs_a_twentieth_more_at_most(counts) -> None:
    core, ours = counts

    assert ours["create"] <= 1.05 * core["create"]


def test_a_write_of_another_field_costs_nothing(counts) -> None:
    core, ours = counts

    assert ours["unrelated_field"] == core["unrelated_field"]
