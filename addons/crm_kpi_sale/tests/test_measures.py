from odoo.addons.crm_kpi.tests.common import KpiCase


class TestMeasures(KpiCase):
    """Orders as measures, and what marketing earns in money."""

    def test_all_that_is_brought_can_be_counted(self):
        self.assert_countable("crm_kpi_sale")

    def test_the_return_is_drawn_from_money(self):
        source = self.env["utm.source"].create({"name": "Fair of Orders"})
        self.env["crm.kpi.cost"].create({"name": "Stand", "source_id": source.id, "amount": 100})
        lead = self.lead(self.employee, amount=900, source_id=source.id)
        self.win(lead)
        self.env.flush_all()

        ((won, cash, romi),) = self.env["crm.kpi.romi"]._read_group(
            [("source_id", "=", source.id)],
            [],
            ["won_amount:sum", "cash_amount:sum", "romi:avg"],
        )

        # won is a promise: nothing has been paid
        self.assertEqual((won, cash, romi), (900.0, 0.0, -100.0))
