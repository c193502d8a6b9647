from odoo.exceptions import AccessError, UserError, ValidationError

from .test_closing import DAY, ClosingCase


class TestAppeal(ClosingCase):
    """Whoever is judged can object, and somebody else answers."""

    def appeal(self, user=None, **values):
        return (
            self.env["crm.kpi.appeal"]
            .with_user(user or self.employee)
            .create(
                {
                    "card_id": self.card.id,
                    "indicator_id": self.sold.id,
                    "date": DAY,
                    "text": "A sale is missing",
                    **values,
                }
            )
        )

    def test_an_accepted_appeal_adjusts_the_value(self):
        self.lead(self.employee, amount=500)
        self.refresh()
        appeal = self.appeal().with_user(self.manager)

        appeal.write({"answer": "You are right", "amount": 100})
        appeal.action_accept()

        self.assertEqual(appeal.state, "accepted")
        self.assertEqual(appeal.adjustment_id.author_id, self.manager)
        self.assertEqual(self.card._get_scores(DAY)[self.employee].lines[0].value, 600)

    def test_t4_nobody_answers_himself_by_the_context(self):
        sent = {
            "default_answer": "Of course",
            "default_amount": 5000,
            "default_answered_by_id": self.manager.id,
            "default_date_answered": "2026-04-01 10:00:00",
        }
        self.env = self.env(context={**self.env.context, **sent})

        appeal = self.appeal().sudo()

        self.assertRecordValues(
            appeal,
            [{"answer": False, "amount": 0, "answered_by_id": False, "date_answered": False}],
        )

    def test_a_leader_declines_in_words(self):
        appeal = self.appeal().with_user(self.leader)
        with self.assertRaisesRegex(UserError, "Write an answer"):
            appeal.action_decline()

        appeal.answer = "It was sold in April"
        appeal.action_decline()

        self.assertEqual((appeal.state, appeal.answered_by_id), ("declined", self.leader))
        said = appeal.sudo().message_ids[0]
        self.assertIn(self.employee.partner_id, said.notified_partner_ids | said.partner_ids)

    def test_a_leader_does_not_adjust_values(self):
        appeal = self.appeal().with_user(self.leader)
        appeal.write({"answer": "You are right", "amount": 100})

        with self.assertRaises(AccessError):
            appeal.action_accept()

    def test_t1_nobody_appeals_for_somebody_else_or_answers_himself(self):
        appeal = self.appeal(user_id=self.colleague.id, state="accepted", answer="Yes")

        self.assertEqual((appeal.user_id, appeal.state), (self.employee, "open"))
        self.assertFalse(appeal.answer)
        with self.assertRaises(AccessError):
            appeal.write({"answer": "Yes"})
        with self.assertRaises(AccessError):
            appeal.action_accept()
        with self.assertRaises(ValidationError):
            self.appeal(self.leader)

    def test_t1_who_sees_which_appeal(self):
        appeal = self.appeal()
        seen = {self.employee: True, self.colleague: False, self.leader: True, self.manager: True}

        for user, sees in seen.items():
            with self.subTest(user=user.name):
                self.assertEqual(appeal.with_user(user).has_access("read"), sees)

    def test_an_appeal_is_neither_edited_nor_deleted(self):
        appeal = self.appeal()
        appeal.with_user(self.manager).answer = "Yes"

        for user in (self.manager, self.env.user):
            record = appeal.with_user(user).sudo()
            for deed in (
                lambda r=record: r.write({"text": "Nothing is wrong"}),
                lambda r=record: r.write({"state": "declined"}),
                lambda r=record: r.unlink(),
            ):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    deed()
