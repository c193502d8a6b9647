from odoo.addons.crm_kpi.tests.common import KpiCase


class TestMeasures(KpiCase):
    """Deliveries as measures."""

    def test_all_that_is_brought_can_be_counted(self):
        self.assert_countable("crm_kpi_stock")
