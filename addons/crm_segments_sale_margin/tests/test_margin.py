from odoo.addons.crm_segments.tests.common import SegmentCase


class TestMargin(SegmentCase):
    """Customers classed by what their orders leave."""

    def order(self, partner, amount, margin):
        orders = self.env["sale.order"].with_company(self.company)
        order = orders.create({"partner_id": partner.id, "company_id": self.company.id})
        order.flush_recordset()
        # prices and costs are not what is tested
        self.env.cr.execute(
            "UPDATE sale_order SET amount_untaxed = %s, margin = %s, state = 'sale',"
            " date_order = '2026-03-10 12:00:00', currency_id = %s WHERE id = %s",
            (amount, margin, self.currency.id, order.id),
        )
        order.invalidate_recordset()

    def test_who_leaves_the_most_is_a_and_who_costs_is_told_apart(self):
        large, lean, costly = map(self.customer, ("Large", "Lean", "Costly"))
        self.order(large, 1000, 50)
        self.order(lean, 300, 250)
        self.order(costly, 700, -20)
        method = self.method(source="margin")

        method.action_start()

        self.assertEqual(self.codes(method), {large: "B", lean: "A", costly: "O"})
