from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError

from .common import AccountComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestCredit(AccountComplaintsCase):
    """The credit note of what was granted: drafted, posted, taken back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls.invoice()
        cls.case = cls.complaint(invoice_id=cls.bill.id)

    def credit(self, one, user=None):
        action = one.with_user(user or self.both).action_credit()
        return self.env["account.move"].browse(action["res_id"])

    def deeds(self, one):
        return one.deed_ids.sorted("id").mapped("deed")

    def test_a_part_is_credited_as_one_line_with_its_tax_and_stays_a_draft(self):
        note = self.credit(self.granted(self.case, 59.5, description="Scratch"))

        self.assertRecordValues(
            note,
            [
                {
                    "state": "draft",
                    "move_type": "out_refund",
                    "reversed_entry_id": self.bill.id,
                    "amount_untaxed": 50.0,
                    "amount_total": 59.5,
                }
            ],
        )
        self.assertIn(self.case.number, note.invoice_line_ids.name)
        self.assertIn("Scratch", note.invoice_line_ids.name)

    def test_the_whole_is_credited_line_by_line_as_odoo_does(self):
        note = self.credit(self.granted(self.case, 119))

        self.assertEqual(note.invoice_line_ids.name, "Shelf 0")
        self.assertEqual(note.amount_total, 119)

    def test_each_tax_bears_its_part_and_the_total_is_exact(self):
        bill = self.invoice((100, self.tax), (33.33, self.low_tax), (10, self.env["account.tax"]))
        case = self.complaint(invoice_id=bill.id)

        for amount in (0.01, 10, 33.37, 77.77):
            with self.subTest(amount=amount):
                note = self.credit(self.granted(case, amount))
                self.assertEqual(note.amount_total, amount)
                note.unlink()

    def test_nothing_is_carried_out_before_the_posting(self):
        one = self.granted(self.case, 59.5)
        self.credit(one)

        self.assertEqual(one.state, "approved")
        self.assertFalse(self.case.cost_amount)

    def test_posting_carries_out_and_costs_what_the_note_says_without_tax(self):
        one = self.granted(self.case, 59.5)
        note = self.credit(one)

        note.with_user(self.bookkeeper).action_post()

        self.assertRecordValues(one, [{"state": "carried_out", "reference": note.name}])
        self.assertRecordValues(
            one.cost_ids, [{"kind": "credit", "amount": 50.0, "name": note.name}]
        )
        self.assertEqual(self.case.cost_amount, 50)

    def test_what_is_taken_back_waits_again_and_costs_nothing(self):
        for deed in ("button_draft", "button_cancel"):
            with self.subTest(deed):
                one = self.granted(self.case, 10)
                note = self.credit(one)
                note.action_post()

                getattr(note.with_user(self.bookkeeper), deed)()

                self.assertRecordValues(one, [{"state": "approved", "reference": False}])
                self.assertEqual(self.case.cost_amount, 0)
                self.assertEqual(
                    self.deeds(one), ["proposed", "approved", "carried_out", "taken_back"]
                )

    def test_posted_again_it_is_carried_out_again(self):
        one = self.granted(self.case, 10)
        note = self.credit(one)
        note.action_post()
        note.button_draft()

        note.action_post()

        self.assertEqual(one.state, "carried_out")
        self.assertEqual(len(self.case.cost_ids), 1)

    def test_a_cancelled_note_makes_room_for_another(self):
        one = self.granted(self.case, 119)
        self.credit(one).button_cancel()

        note = self.credit(one)

        self.assertEqual(note.state, "draft")

    def test_a_deleted_draft_makes_room_for_another(self):
        one = self.granted(self.case, 119)
        self.credit(one).unlink()
        one.invalidate_recordset()

        self.assertTrue(self.credit(one))

    def test_one_compensation_has_one_credit_note(self):
        one = self.granted(self.case, 10)
        self.credit(one)

        with self.assertRaisesRegex(UserError, "already"):
            self.credit(one)

    def test_refusals_in_plain_words(self):
        self.credit(self.granted(self.case, 100)).action_post()
        drafted = self.complaint(invoice_id=self.invoice(post=False).id)
        cancelled = self.complaint(invoice_id=self.invoice(post=False).id)
        cancelled.invoice_id.button_cancel()
        credited = self.complaint(invoice_id=self.invoice().id)
        self.credit(self.granted(credited, 119))
        for case, amount, words in [
            (self.complaint(), 10, "Choose the invoice"),
            (drafted, 10, "still in draft"),
            (cancelled, 10, "is cancelled"),
            (credited, 10, "credited already"),
            (self.case, 19.01, "19.00 that the invoice has left"),
        ]:
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.credit(self.granted(case, amount))

    def test_what_is_not_granted_is_not_credited(self):
        one = self.granted(self.case, 10)
        one.action_withdraw("A mistake")

        with self.assertRaisesRegex(UserError, "already"):
            self.credit(one)

    def test_money_in_another_currency_is_credited_at_the_rate_of_the_day(self):
        currency = self.make_currency()
        bill = self.invoice(currency_id=currency.id)
        one = self.granted(self.complaint(invoice_id=bill.id), 10)

        note = self.credit(one)
        note.action_post()

        self.assertRecordValues(note, [{"currency_id": currency.id, "amount_total": 20}])
        self.assertIn("at the rate of", note.message_ids.mapped("body")[0] or "")
        self.assertEqual(one.credit_amount, 20)
        self.assertRecordValues(
            one.cost_ids, [{"amount": 8.4, "currency_id": self.company.currency_id.id}]
        )

    def test_a_currency_without_rate_is_refused(self):
        currency = self.make_currency()
        bill = self.invoice(currency_id=currency.id)
        one = self.granted(self.complaint(invoice_id=bill.id), 10)
        self.env["res.currency.rate"].search([("currency_id", "=", currency.id)]).unlink()

        with self.assertRaisesRegex(ValidationError, "XTS has no rate"):
            self.credit(one)

    def test_more_than_was_granted_is_not_posted(self):
        note = self.credit(self.granted(self.case, 10))
        note.invoice_line_ids.price_unit = 50

        with self.assertRaisesRegex(UserError, "were granted"):
            note.action_post()

    def test_what_was_withdrawn_meanwhile_is_not_posted(self):
        one = self.granted(self.case, 10)
        note = self.credit(one)
        one.action_withdraw("The customer wants a repair")

        with self.assertRaisesRegex(UserError, "not granted any more"):
            note.action_post()
        self.assertIn("withdrawn", note.message_ids.mapped("body")[0])

    def test_a_draft_is_not_carried_out_by_hand(self):
        one = self.granted(self.case, 10)
        self.credit(one)

        with self.assertRaisesRegex(UserError, "in draft"):
            one.action_carry_out()

    def test_what_needs_no_credit_note_is_carried_out_as_before(self):
        one = self.granted(self.case, 10)

        one.action_carry_out()

        self.assertEqual(self.case.cost_amount, 10)

    def test_t19_links_to_documents_are_set_by_drafting_only(self):
        one = self.granted(self.case, 10)

        for vals in (
            {"credit_note_id": self.bill.id},
            {"credit_amount": 1},
            {"is_credit_asked": True},
        ):
            with self.subTest(vals):
                with self.assertRaisesRegex(UserError, "nobody can write it"):
                    one.sudo().write(vals)
                with self.assertRaisesRegex(UserError, "nobody can write it"):
                    self.granted(self.case, 1, **vals)
