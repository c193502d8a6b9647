from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.crm_surveys.tests.common import SurveysCase


@tagged("post_install", "-at_install")
class TestWave(AccountTestInvoicingCommon, SurveysCase):
    """Posted invoices say who is silent."""

    def test_a_posted_invoice_is_a_purchase(self):
        line = {"name": "Service", "quantity": 1, "price_unit": 100, "tax_ids": False}
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2020-01-01",
                "invoice_line_ids": [Command.create(line)],
            }
        )
        wave = self.env["crm.survey.wave"].create(
            {
                "name": "Invoices",
                "company_id": invoice.company_id.id,
                "survey_id": self.survey().id,
                "domain": repr([("id", "child_of", self.company_partner.id)]),
            }
        )
        self.assertFalse(wave._get_candidates())
        invoice.action_post()

        found = wave._get_candidates()
        self.assertEqual([vals["res_id"] for vals in found], invoice.ids)
