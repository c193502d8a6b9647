from datetime import date

from odoo.addons.crm_complaints.tests.common import ComplaintsCase
from odoo.addons.crm_kpi.tests.common import KpiCase


class TestMeasures(KpiCase):
    """Complaints as measures."""

    def test_all_that_is_brought_can_be_counted(self):
        self.assert_countable("crm_complaints_kpi")


class TestSecrecy(ComplaintsCase):
    """No figure gives a hint of what is confidential."""

    def test_confidential_complaints_are_left_out(self):
        self.complaint()
        self.complaint(is_confidential=True)
        measure = self.env.ref("crm_complaints_kpi.crm_kpi_measure_complaints")

        self.env["crm.kpi.engine"]._rebuild(measure)

        found = self.env["crm.kpi.fact"]._get_values(
            measure, date(2000, 1, 1), date(2100, 1, 1), ("user_id",)
        )
        self.assertEqual(found[measure][(self.clerk.id,)], 1)
