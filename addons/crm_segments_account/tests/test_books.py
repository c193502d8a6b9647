from datetime import datetime

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class TestBooks(AccountTestInvoicingCommon):
    """Customers classed by what the books say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
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

    def test_documents_are_found_without_reading_other_companies(self):
        method = self.env["crm.segment.method"].create(
            {"name": "Books", "source": "invoice", "company_id": self.company.id}
        )
        self.invoice(self.partner_a, 10)
        other = self.setup_other_company()["company"]
        self.env["account.move"].flush_model()

        lines = method._select_lines(*(datetime(2026, month, 1).date() for month in (3, 4)))

        (number,) = self.env.execute_query(SQL("SELECT COUNT(*) FROM %s AS line", lines))[0]
        self.assertEqual(number, 1)
        self.assertNotEqual(other, self.company)
