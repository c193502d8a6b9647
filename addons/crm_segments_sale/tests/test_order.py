from odoo.exceptions import UserError

from odoo.addons.crm_segments.tests.common import SegmentCase


class TestOrder(SegmentCase):
    """Customers classed by what they ordered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(cls.clock)
        cls.partner = cls.customer("Orders")

    def order(self, amount, currency=None, state="sale", day="2026-03-10"):
        orders = self.env["sale.order"].with_company(self.company)
        order = orders.create({"partner_id": self.partner.id, "company_id": self.company.id})
        order.flush_recordset()
        # prices, taxes and price lists are not what is tested
        self.env.cr.execute(
            "UPDATE sale_order SET amount_untaxed = %s, state = %s, date_order = %s,"
            " currency_id = %s WHERE id = %s",
            (amount, state, f"{day} 12:00:00", (currency or self.currency).id, order.id),
        )
        order.invalidate_recordset()
        return order

    def amount(self):
        method = self.method(source="order")
        method.action_start()
        return self.env["crm.segment.membership"].search([("method_id", "=", method.id)]).amount

    def test_confirmed_orders_count(self):
        self.order(300)
        self.order(500, state="draft")
        self.order(700, state="cancel")

        self.assertEqual(self.amount(), 300)

    def test_orders_in_another_currency_are_converted(self):
        foreign = self.env["res.currency"].create({"name": "ZZO", "symbol": "z"})
        self.env["res.currency.rate"].create(
            {
                "currency_id": foreign.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 4,
            }
        )
        self.order(300)
        self.order(400, foreign)

        self.assertEqual(self.amount(), 400)

    def test_a_currency_without_a_rate_is_named(self):
        self.order(400, self.env["res.currency"].create({"name": "ZZO", "symbol": "z"}))

        with self.assertRaisesRegex(UserError, "ZZO has no rate"):
            self.amount()
