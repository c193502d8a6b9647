from odoo.fields import Command

from odoo.addons.crm_surveys.tests.common import SurveysCase


class TestWave(SurveysCase):
    """Orders say who is silent, and who buys again."""

    def _order(self, date, price):
        line = {"product_id": self.product.id, "price_unit": price, "tax_ids": False}
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [Command.create(line)]}
        )
        order.action_confirm()
        order.date_order = date
        return order

    def _wave(self):
        self.env["crm.survey.budget"].search([]).active = False
        return self.env["crm.survey.wave"].create(
            {
                "name": "Orders",
                "survey_id": self.survey().id,
                "domain": repr([("id", "child_of", self.company_partner.id)]),
            }
        )

    def _contacted(self, moment):
        """Return the lost customer of a wave who was talked to at a moment."""
        wave = self._wave()
        self._order("2020-01-01 10:00:00", 100)
        wave.action_start()
        customer = wave.win_back_ids
        customer.date_contacted = moment
        return customer

    def _draw(self):
        return self.env["crm.survey.win.back"]._cron_draw()

    def test_an_order_says_who_is_silent(self):
        wave = self._wave()
        self.assertFalse(wave._get_candidates())

        order = self._order("2020-01-01 10:00:00", 100)

        found = wave._get_candidates()
        self.assertEqual([vals["res_id"] for vals in found], order.ids)

    def test_orders_say_who_buys_again(self):
        customer = self._contacted("2020-02-01 10:00:00")

        self._order("2020-03-01 10:00:00", 70)
        self._order("2020-04-01 10:00:00", 30)
        self._draw()

        self.assertEqual(str(customer.date_bought), "2020-03-01 10:00:00")
        self.assertEqual(customer.bought_amount, 100)
        self.assertEqual(self._draw(), 0)

    def test_an_order_of_the_same_day_counts_by_its_hour(self):
        customer = self._contacted("2020-02-01 10:00:00")
        self._order("2020-02-01 09:00:00", 70)
        self._draw()
        self.assertFalse(customer.date_bought)

        self._order("2020-02-01 11:00:00", 30)
        self._draw()
        self.assertEqual(customer.bought_amount, 30)

    def test_an_order_that_was_canceled_is_no_proof_any_more(self):
        customer = self._contacted("2020-02-01 10:00:00")
        order = self._order("2020-03-01 10:00:00", 70)
        self._draw()
        self.assertTrue(customer.date_bought)

        order._action_cancel()
        self._draw()

        self.assertFalse(customer.date_bought)
        self.assertFalse(customer.bought_amount)
