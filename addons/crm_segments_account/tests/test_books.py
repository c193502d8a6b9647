from datetime import datetime

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class TestBooks(AccountTestInvoicingCommon):
    """Customers classed by what the books say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        role = cls.env.ref("crm_segments.group_manager")
        # sudo: the accountant of the fixtures gives himself no roles
        cls.env.user.sudo().group_ids = [Command.link(role.id)]
        cls.env.cr._now = datetime(2026, 4, 10, 12)

    def invoice(self, partner, amount, kind="out_invoice", is_posted=True, day="2026-03-10"):
        return self.init_invoice(
            kind, partner=partner, invoice_date=day, post=is_posted, amounts=[amount]
        )

    def judge(self, source):
        """Return code and amount of each customer's class."""
        method = self.env["crm.segment.method"].create(
            {"name": "Books", "source": source, "company_id": self.company.id}
        )
        method.action_start()
        members = self.env["crm.segment.membership"].search([("method_id", "=", method.id)])
        return {one.partner_id: (one.segment_id.code, one.amount) for one in members}

    def test_turnover_is_what_was_invoiced_less_credit_notes(self):
        self.invoice(self.partner_a, 1000)
        self.invoice(self.partner_a, 200, "out_refund")
        self.invoice(self.partner_b, 100)

        self.assertEqual(
            self.judge("invoice"), {self.partner_a: ("A", 800), self.partner_b: ("B", 100)}
        )

    def test_drafts_bills_and_other_days_do_not_count(self):
        self.invoice(self.partner_a, 1000, is_posted=False)
        self.invoice(self.partner_a, 1000, "in_invoice")
        self.invoice(self.partner_a, 1000, day="2026-04-01")
        self.invoice(self.partner_a, 1000, day="2025-03-31")

        self.assertFalse(self.judge("invoice"))

    def test_more_credited_than_invoiced_is_no_turnover(self):
        self.invoice(self.partner_a, 200, "out_refund")

        self.assertEqual(self.judge("invoice"), {self.partner_a: ("O", -200)})

    def test_cash_is_what_was_paid_less_what_was_paid_back(self):
        for kind, amount in (("inbound", 500), ("outbound", 100)):
            payment = self.env["account.payment"].create(
                {
                    "partner_id": self.partner_a.id,
                    "partner_type": "customer",
                    "payment_type": kind,
                    "amount": amount,
                    "date": "2026-03-10",
                    "journal_id": self.company_data["default_journal_bank"].id,
                }
            )
            payment.action_post()

        self.assertEqual(self.judge("cash"), {self.partner_a: ("A", 400)})
