from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.crm_surveys.tests.trigger_common import TriggerCase


@tagged("post_install", "-at_install")
class TestTrigger(AccountTestInvoicingCommon, TriggerCase):
    """Invoices ask their customers when they are posted, and when they are paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.satisfaction.company_id = cls.env.company

    def _invoice(self, move_type="out_invoice"):
        return self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.customer.id,
                "invoice_user_id": self.employee.id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Service", "quantity": 1, "price_unit": 100, "tax_ids": False}
                    )
                ],
            }
        )

    def test_t15_a_survey_of_one_company_asks_no_customer_of_another(self):
        trigger = self.shipped("crm_surveys_account.crm_survey_trigger_invoice_posted")
        self.satisfaction.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self._invoice().action_post()

        self.run_job(trigger)

        self.assertFalse(self.invitations(trigger))

    def test_a_posted_invoice_asks_its_customer(self):
        trigger = self.shipped("crm_surveys_account.crm_survey_trigger_invoice_posted")
        self._invoice()
        bill, invoice = self._invoice("in_invoice"), self._invoice()
        (bill + invoice).action_post()

        self.run_job(trigger)

        self.assertRecordValues(
            self.invitations(trigger),
            [
                {
                    "partner_id": self.customer.id,
                    "user_id": self.employee.id,
                    "res_model": "account.move",
                    "res_id": invoice.id,
                    "company_id": invoice.company_id.id,
                }
            ],
        )

    def test_a_paid_invoice_asks_its_customer(self):
        trigger = self.shipped("crm_surveys_account.crm_survey_trigger_invoice_paid")
        invoice = self._invoice()
        invoice.action_post()
        self.run_job(trigger)
        self.assertFalse(self.invitations(trigger))

        payments = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        payments.create({})._create_payments()
        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).res_id, invoice.id)
