from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import AccountComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestCreditAccess(AccountComplaintsCase):
    """Who drafts credit notes, and who asks for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls.invoice()
        cls.case = cls.complaint(invoice_id=cls.bill.id)
        cls.company.complaint_accountant_id = cls.bookkeeper

    def test_a_clerk_without_accounting_asks_and_writes_nothing(self):
        one = self.granted(self.case, 10)

        one.with_user(self.clerk).action_credit()

        self.assertRecordValues(one, [{"is_credit_asked": True, "credit_note_id": False}])
        self.assertFalse(self.bill.reversal_move_ids)
        self.assertEqual(self.bill.activity_ids.user_id, self.bookkeeper)

    def test_the_accountant_drafts_on_the_invoice_without_rights_on_complaints(self):
        one = self.granted(self.case, 10)
        one.with_user(self.clerk).action_credit()
        bill = self.bill.with_user(self.bookkeeper)
        self.assertEqual(bill.complaint_credit_count, 1)

        action = bill.action_draft_complaint_credits()

        note = self.env["account.move"].browse(action["res_id"])
        self.assertRecordValues(note, [{"state": "draft", "amount_total": 10}])
        self.assertEqual(note.create_uid, self.bookkeeper)
        self.assertEqual(one.credit_note_id, note)
        self.assertFalse(self.bill.activity_ids)

    def test_t14_nothing_is_drafted_that_was_not_asked_for(self):
        self.granted(self.case, 10)

        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self.bill.with_user(self.bookkeeper).action_draft_complaint_credits()

    def test_reading_accounting_is_not_enough_to_draft(self):
        one = self.granted(self.case, 10)

        one.with_user(self.auditor).action_credit()

        self.assertTrue(one.is_credit_asked)
        self.assertFalse(one.credit_note_id)

    def test_asking_twice_makes_one_activity(self):
        one = self.granted(self.case, 10).with_user(self.clerk)
        one.action_credit()

        one.action_credit()

        self.assertEqual(len(self.bill.activity_ids), 1)

    def test_without_an_accountant_the_way_out_is_told(self):
        self.company.complaint_accountant_id = False

        with self.assertRaisesRegex(UserError, "in the settings"):
            self.granted(self.case, 10).with_user(self.clerk).action_credit()

    def test_an_accountant_about_whom_it_is_hears_nothing(self):
        self.case.about_user_ids = [Command.set(self.bookkeeper.ids)]
        one = self.granted(self.case, 10)

        with self.assertRaisesRegex(UserError, "Nobody is there"):
            one.with_user(self.all_clerk).action_credit()
        one._write_facts({"is_credit_asked": True})

        self.assertEqual(self.bill.with_user(self.bookkeeper).complaint_credit_count, 0)

    def test_t21_an_accountant_about_whom_it_turns_out_to_be_is_asked_no_more(self):
        one = self.granted(self.case, 10)
        one.with_user(self.clerk).action_credit()

        self.case.about_user_ids = [Command.set(self.bookkeeper.ids)]

        self.assertFalse(one.is_credit_asked)
        self.assertFalse(self.bill.activity_ids)

    def test_t21_what_becomes_confidential_is_named_in_accounting_no_more(self):
        one = self.granted(self.case, 10)
        one.with_user(self.clerk).action_credit()
        self.assertIn(self.case.number, self.bill.activity_ids.note)

        self.case.is_confidential = True

        self.assertNotIn(self.case.number, self.bill.activity_ids.note)

    def test_t15_a_confidential_complaint_is_not_named_in_accounting(self):
        self.case.is_confidential = True
        one = self.granted(self.case, 10)

        one.with_user(self.clerk).action_credit()
        action = self.bill.with_user(self.bookkeeper).action_draft_complaint_credits()

        note = self.env["account.move"].browse(action["res_id"])
        told = [note.ref, *note.invoice_line_ids.mapped("name"), *note.message_ids.mapped("body")]
        self.assertFalse([text for text in told if self.case.number in (text or "")])

    def test_a_request_ends_when_there_is_nothing_left_to_credit(self):
        for end in (
            lambda one: one.action_withdraw("A mistake"),
            lambda one: one.action_carry_out(),
        ):
            one = self.granted(self.case, 10)
            one.with_user(self.clerk).action_credit()

            end(one)

            self.assertFalse(self.bill.activity_ids)
            self.assertFalse(one.is_credit_asked)

    def test_figures_of_the_invoice_are_told_to_its_readers_only(self):
        one = self.granted(self.case, 200)

        with self.assertRaises(UserError) as refusal:
            one.with_user(self.clerk).action_credit()

        self.assertNotIn("119", str(refusal.exception))

    def test_t1_others_neither_draft_nor_ask(self):
        one = self.granted(self.case, 10)

        for user in (self.colleague, self.salesman, self.outsider, self.bookkeeper):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                one.with_user(user).action_credit()
