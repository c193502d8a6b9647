from odoo.fields import Command

from odoo.addons.crm_surveys.tests.trigger_common import TriggerCase


class TestTrigger(TriggerCase):
    """A confirmed order asks its customer."""

    def _order(self):
        return self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.employee.id,
                "team_id": self.team.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )

    def test_a_confirmed_order_asks_its_customer(self):
        trigger = self.shipped("crm_surveys_sale.crm_survey_trigger_order_confirmed")
        self._order()
        order = self._order()
        order.action_confirm()

        self.run_job(trigger)

        self.assertRecordValues(
            self.invitations(trigger),
            [
                {
                    "partner_id": self.customer.id,
                    "user_id": self.employee.id,
                    "team_id": self.team.id,
                    "res_model": "sale.order",
                    "res_id": order.id,
                }
            ],
        )
