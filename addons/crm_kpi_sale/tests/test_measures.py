from odoo.addons.crm_kpi.tests.common import FIRST, LAST, NOON, KpiCase


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

    def order(self, partner, state, amount, user=None):
        """Have an order of somebody, in a state and of an amount."""
        order = self.env["sale.order"].create(
            {"partner_id": partner.id, "user_id": (user or self.employee).id}
        )
        self.stamp(
            order,
            NOON,
            state=state,
            date_order=NOON,
            create_date=NOON,
            amount_untaxed=amount,
        )

    def test_orders_quotations_and_first_customers_are_told_apart(self):
        buyer = self.env["res.partner"].create({"name": "Ordering Ltd", "is_company": True})
        agent = self.env["res.partner"].create({"name": "Olga Orders", "parent_id": buyer.id})
        self.order(buyer, "sale", 300)
        self.order(agent, "sale", 100)
        self.order(buyer, "sent", 900)
        self.order(buyer, "cancel", 900)
        self.order(buyer, "draft", 900)
        measures, indicators = self.shipped("crm_kpi_sale")

        self.rebuild(measures)

        own = self.employee.id
        found = {measure.code: self.values(measure).get(own, 0) for measure in measures}
        self.assertEqual(
            found,
            {
                "orders": 2,
                "orders_amount": 400,
                "quotations_ordered": 50,
                "customers_ordered_first": 1,
                "marketing_cash": 0,
            },
        )
        average = indicators.filtered(lambda indicator: indicator.code == "average_order")
        values = average._get_values(FIRST, LAST, ("user_id",))[average]
        self.assertEqual(values[own,], 200)
