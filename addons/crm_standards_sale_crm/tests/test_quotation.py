from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.crm_standards.tests.common import StandardsCase


@tagged("post_install", "-at_install")
class TestQuotation(StandardsCase):
    """A deal goes on when its quotation has come far enough."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create({"name": "Machine", "taxes_id": False})

    def quotation(self, lead, price=100, **values):
        return self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "opportunity_id": lead.id,
                "order_line": [
                    Command.create({"product_id": self.product.id, "price_unit": price})
                ],
                **values,
            }
        )

    def put_in_force(self, **values):
        return self.standard(self.asking("quotation", **values))

    def assertStops(self, lead, text):
        with self.assertRaisesRegex(ValidationError, text):
            lead.stage_id = self.stage_qualified
        self.assertEqual(lead.stage_id, self.stage_new)

    def test_quotation_must_be_sent(self):
        self.put_in_force(quotation_state="sent")
        lead = self.lead()
        self.assertStops(lead, "send a quotation")
        quotation = self.quotation(lead)
        self.assertStops(lead, "send a quotation")

        quotation.action_quotation_sent()
        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)

    def test_order_is_further_than_sent(self):
        self.put_in_force(quotation_state="sent")
        lead = self.lead()

        self.quotation(lead).action_confirm()
        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)

    def test_cancelled_and_foreign_quotations_do_not_count(self):
        self.put_in_force(quotation_state="draft")
        lead = self.lead()
        self.quotation(lead)._action_cancel()
        self.quotation(self.lead())

        self.assertStops(lead, "write a quotation")

    def test_worth_of_the_quotation(self):
        self.put_in_force(quotation_state="draft", quotation_amount=500)
        lead = self.lead()
        self.quotation(lead, price=499)

        self.assertStops(lead, "write a quotation of 500 at least")
        self.quotation(lead, price=500)
        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)

    def test_rule_in_one_sentence(self):
        law = self.put_in_force(quotation_state="sale")

        self.assertEqual(
            law.rule_ids.requirement, "To enter Qualified (S): have a quotation ordered"
        )

    def test_salesman_without_rights_on_the_quotation_is_judged_all_the_same(self):
        self.put_in_force(quotation_state="draft")
        lead = self.lead()
        self.quotation(lead, user_id=self.controller.id)

        lead.with_user(self.salesman).stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)
