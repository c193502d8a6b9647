"""Reading Odoo's log, and names of databases."""

from __future__ import annotations

import io

import pytest

from tools import database
from tools.console import Progress, SuiteError

PREFIX = "2026-01-31 09:15:02,123 4711"
LOG = f"""\
{PREFIX} INFO db odoo.modules.loading: Loading module crm (26/27)
{PREFIX} WARNING ? py.warnings: DeprecationWarning: x is deprecated
{PREFIX} WARNING db odoo.addons.crm_kpi.models.kpi: no measure
{PREFIX} ERROR db odoo.sql_db: bad query: SELECT
<string>:38: (ERROR/3) Unexpected indentation.
Running as user 'root' is a security risk.
"""


def test_lines_of_the_add_ons_alarm_and_known_noise_does_not():
    lines = database.alarming_lines(LOG)

    assert [line.split()[3] for line in lines] == ["WARNING", "ERROR"]
    assert "crm_kpi" in lines[0]


def test_failure_quotes_the_exception_rather_than_the_traceback():
    log = LOG + "Traceback (most recent call last):\n  File x\n    y()\nValueError: no such view\n"

    assert database.failure(log) == "ValueError: no such view"


def test_failure_without_traceback_quotes_the_last_error():
    assert "bad query" in database.failure(LOG)
    assert database.failure("killed") == "killed"
    assert database.failure("") == "no message"


def test_loading_of_modules_becomes_progress():
    progress = Progress("Making", io.StringIO())

    database.show_loading("... odoo.modules.loading: Loading module base (1/1)", progress)
    assert progress._detail == "base"
    database.show_loading("... odoo.modules.loading: Loading module crm (20/40)", progress)
    assert progress._detail == "50 %  crm (20/40)"


@pytest.mark.parametrize("name", ["suite", "trial-2", "a_b"])
def test_lawful_names(name):
    assert database.check_name(name) == name


@pytest.mark.parametrize("name", ["", "Suite", "a b", "a'b", "template1", "suite--x" * 9])
def test_unlawful_names(name):
    with pytest.raises(SuiteError):
        database.check_name(name)
