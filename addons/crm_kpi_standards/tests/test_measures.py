from datetime import date

from odoo.addons.crm_kpi.tests.common import KpiCase
from odoo.addons.crm_standards.tests.common import StandardsCase

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


class TestMeasures(KpiCase):
    """Violations as measures."""

    def test_all_that_is_brought_can_be_counted(self):
        self.assert_countable("crm_kpi_standards")


class TestDiscipline(StandardsCase):
    """What was broken counts for whoever was responsible, until it is excused."""

    def setUp(self):
        super().setUp()
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"], strength="record")
        )
        self.measure = self.env.ref("crm_kpi_standards.crm_kpi_measure_violations")

    def violation(self):
        lead = self.lead(user_id=self.salesman.id)
        lead.stage_id = self.stage_qualified
        return self.violations(lead)

    def count(self, user):
        self.env["crm.kpi.engine"]._rebuild(self.measure)
        found = self.env["crm.kpi.fact"]._get_values(self.measure, FIRST, LAST, ("user_id",))
        return found[self.measure].get((user.id,), 0)

    def test_a_violation_counts_for_the_responsible(self):
        self.violation()

        self.assertEqual((self.count(self.salesman), self.count(self.colleague)), (1, 0))

    def test_what_is_excused_later_counts_no_more(self):
        violation = self.violation().with_user(self.controller)
        self.assertEqual(self.count(self.salesman), 1)

        violation.reason = "The customer was on holiday."
        violation.action_excuse()
        self.env.flush_all()

        self.assertEqual(self.count(self.salesman), 0)
