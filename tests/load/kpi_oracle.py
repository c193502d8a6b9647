"""Stories of leads and money, counted by the engine and by hand: 10,000 comparisons.

The stories of the tests (`test_oracle.py` of crm_kpi and crm_kpi_account), many more of them than
the tests tell: people, nobody, two companies in two time zones, archived, lost, deleted and handed
over leads; invoices, credit notes, two currencies, payments in parts, new sellers, unmatched money.
``KPI_STORIES`` says how many (of money a tenth of it); each has a number, and can be told again.
"""

import os
import unittest

from odoo.tests.result import OdooTestResult

from odoo.addons.crm_kpi.tests import test_oracle as leads
from odoo.addons.crm_kpi_account.tests import test_oracle as money

from tests.load._measure import report

LEAST = 10_000
STORIES = int(os.environ.get("KPI_STORIES", "160"))
leads.STORIES, money.STORIES = range(STORIES), max(STORIES // 10, 1)
env.cr.rollback()
TESTS = (
    (leads.TestOracle, "test_any_story_is_counted_as_by_hand"),
    (money.TestMoneyOracle, "test_any_story_of_money_is_counted_as_by_hand"),
)


def tell(case, name):
    """Tell the stories of a test; return how much was compared, and what differed."""
    result = OdooTestResult()
    unittest.TestSuite([case(name)]).run(result)
    return case.compared, result.failures_count + result.errors_count


figures, missed = {"stories of leads": STORIES, "stories of money": money.STORIES}, []
for case, name in TESTS:
    compared, differing = tell(case, name)
    figures[f"{case.__name__}: compared"] = compared
    figures[f"{case.__name__}: differing"] = differing
    missed += [case.__name__] * bool(differing)
if STORIES >= 155 and sum(case.compared for case, _name in TESTS) < LEAST:
    missed.append("fewer than 10,000 comparisons")
report(figures, missed)
