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

    def test_orders_say_who_is_silent_and_who_buys_again(self):
        wave = self.env["crm.survey.wave"].create(
            {
                "name": "Orders",
                "survey_id": self.survey().id,
                "domain": repr([("id", "child_of", self.company_partner.id)]),
            }
        )
        self.assertFalse(wave._get_candidates())
        order = self._order("2020-01-01 10:00:00", 100)
        found = wave._get_candidates()
        self.assertEqual([vals["res_id"] for vals in found], order.ids)

        wave.action_start()
        customer = wave.win_back_ids
        customer.date_contacted = "2020-02-01 10:00:00"
        self._order("2020-03-01 10:00:00", 70)
        self._order("2020-04-01 10:00:00", 30)
        self.env["crm.survey.win.back"]._cron_draw()

        self.assertEqual(str(customer.date_bought), "2020-03-01 10:00:00")
        self.assertEqual(customer.bought_amount, 100)
