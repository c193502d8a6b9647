from freezegun import freeze_time

from odoo.exceptions import AccessError

from .common import AccountComplaintsCase


@freeze_time("2026-03-20 08:00:00")
class TestDebt(AccountComplaintsCase):
    """What the customer owes, at a glance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.complaint()

    def _debt(self, user=None):
        self.env.invalidate_all()
        case = self.case.with_user(user or self.both)
        return case.unpaid_amount, case.overdue_amount

    def test_open_invoices_of_the_whole_company_are_summed(self):
        self.invoice(invoice_date_due="2026-03-10")
        self.invoice(partner_id=self.company_partner.id, invoice_date_due="2026-04-10")

        self.assertEqual(self._debt(), (238.0, 119.0))

    def test_drafts_and_other_customers_count_for_nothing(self):
        self.invoice(post=False)
        self.invoice(partner_id=self.stranger.id)

        self.assertEqual(self._debt(), (0.0, 0.0))

    def test_what_is_paid_is_no_debt(self):
        invoice = self.invoice(invoice_date_due="2026-03-10")
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": 100.0})._create_payments()

        self.assertEqual(self._debt(), (19.0, 19.0))

    def test_an_open_credit_note_lowers_the_debt(self):
        self.invoice(invoice_date_due="2026-03-10")
        self.invoice((50, self.tax), move_type="out_refund", invoice_date_due="2026-03-10")

        self.assertEqual(self._debt(), (59.5, 59.5))

    def test_many_complaints_take_no_more_statements(self):
        cases = self.case | self.complaint() | self.complaint(partner_id=self.stranger.id)
        self.env.flush_all()
        few, many = self.case.with_user(self.both), cases.with_user(self.both)

        counts = []
        for found in (few, many):
            self.env.invalidate_all()
            found.mapped("commercial_partner_id.display_name")
            before = self.env.cr.sql_log_count
            found.mapped("unpaid_amount")
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0])

    def test_t15_debts_are_for_those_who_see_invoices(self):
        self.invoice()

        for user in (self.clerk, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._debt(user)
        self.assertEqual(self._debt(self.auditor), (119.0, 0.0))

    def test_the_list_shows_what_was_summed(self):
        invoice = self.invoice()
        self.invoice(post=False)

        action = self.case.with_user(self.both).action_debts()

        self.assertEqual(self.env["account.move"].search(action["domain"]), invoice)
