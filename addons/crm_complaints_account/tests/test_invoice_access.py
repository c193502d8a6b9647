from functools import partial

from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import AccountComplaintsCase


class TestInvoiceAccess(AccountComplaintsCase):
    """Threats T1, T14, T15, T21: who sees and links what, by role, deed and outcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls.invoice()
        cls.case = cls.complaint(invoice_id=cls.bill.id)

    def _may(self, deed):
        """Return whether a deed is allowed; what it wrote is undone."""
        try:
            with self.env.cr.savepoint() as savepoint:
                deed()
                self.env.flush_all()
                savepoint.rollback()
        except AccessError:
            return False
        return True

    def test_t1_table_of_roles_and_deeds(self):
        other = self.complaint()
        deeds = {
            "link": lambda user: other.with_user(user).write({"invoice_id": self.bill.id}),
            "open invoice": lambda user: self.case.with_user(user).action_invoice(),
            "open complaints": lambda user: self.bill.with_user(user).action_complaints(),
            "count complaints": lambda user: self.bill.with_user(user).read(["complaint_count"]),
            "debts": lambda user: self.case.with_user(user).action_debts(),
            "credit": lambda user: self.bill.with_user(user).action_draft_complaint_credits(),
            "accountants": lambda user: self.bill.with_user(user).read(["complaint_credit_count"]),
        }
        reads = {"open invoice", "open complaints", "count complaints", "debts"}
        self.granted(self.case, 10)._write_facts({"is_credit_asked": True})
        allowed = {
            "customer_user": set(),
            "outsider": set(),
            "salesman": set(),
            "clerk": set(),
            "manager": set(),
            "bookkeeper": {"credit", "accountants", "open complaints"},
            "auditor": {"link"} | reads,
            "both": {"link", "credit", "accountants"} | reads,
        }
        for role, may in allowed.items():
            for name, deed in deeds.items():
                with self.subTest(role=role, deed=name):
                    user = getattr(self, role)
                    self.env.invalidate_all()
                    self.assertEqual(self._may(partial(deed, user)), name in may)

    def test_t21_the_count_on_the_invoice_leaks_no_hidden_complaint(self):
        self.complaint(invoice_id=self.bill.id, is_confidential=True)
        self.complaint(invoice_id=self.bill.id, about_user_ids=[Command.set(self.both.ids)])

        self.assertEqual(self.bill.with_user(self.both).complaint_count, 1)

    def test_t21_no_search_group_or_export_tells_a_clerk_what_an_invoice_says(self):
        self.clerk.group_ids += self.env.ref("base.group_allow_export")
        case = self.case.with_user(self.clerk)
        domain = [("invoice_id.amount_total", ">", 1)]
        deeds = {
            "search": lambda: case.search(domain),
            "count": lambda: case.search_count(domain),
            "group": lambda: case.formatted_read_group([], ["invoice_id.currency_id"], ["__count"]),
            "export": lambda: case.export_data(["invoice_id/amount_total"]),
            "page": lambda: case.web_read({"invoice_id": {"fields": {"amount_total": {}}}}),
            "part": lambda: case.search([("compensation_ids.credit_note_id.amount_total", ">", 1)]),
        }
        for name, deed in deeds.items():
            with self.subTest(name):
                self.env.invalidate_all()
                self.assertFalse(self._may(deed))

    def test_t1_no_default_of_a_context_links_an_invoice_out_of_reach(self):
        complaints = self.env["crm.complaint"].with_user(self.clerk)

        with self.assertRaises(AccessError):
            complaints.with_context(default_invoice_id=self.bill.id).create(
                {"name": "X", "partner_id": self.customer.id}
            )

    def test_t1_an_unreachable_invoice_says_nothing_of_its_customer(self):
        strangers = self.invoice(partner_id=self.stranger.id)
        case = self.complaint().with_user(self.clerk)

        for invoice in (self.bill, strangers):
            with self.subTest(invoice=invoice.name), self.assertRaises(AccessError):
                case.invoice_id = invoice

    def test_the_clerk_reads_the_name_and_works_on_the_case(self):
        case = self.case.with_user(self.clerk)

        found = case.web_read({"invoice_id": {"fields": {"display_name": {}}}})
        case.partner_id = self.company_partner

        self.assertEqual(found[0]["invoice_id"]["display_name"], self.bill.display_name)
        self.assertFalse(case.can_choose_invoice)
        self.assertFalse(case.can_open_invoice)
