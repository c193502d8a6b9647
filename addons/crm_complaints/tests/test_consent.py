from odoo.exceptions import AccessError, UserError

from .common import ComplaintsCase


class TestConsent(ComplaintsCase):
    """What a customer says to an answer by phone is entered by a clerk, and stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.complaint()
        cls.case.stage_id = cls.stage_answered

    def _enter(self, user, reply, **values):
        entries = self.env["crm.complaint.consent.entry"].with_user(user)
        entry = entries.create({"complaint_id": self.case.id, "reply": reply, **values})
        return entry.action_record()

    def test_a_clerk_enters_it_once(self):
        self._enter(self.clerk, "accepted", comment="Thanks, all is well")

        self.assertRecordValues(
            self.case.consent_ids,
            [
                {
                    "is_accepted": True,
                    "comment": "Thanks, all is well",
                    "partner_id": self.customer.id,
                    "user_id": self.clerk.id,
                    "way": "person",
                }
            ],
        )
        with self.assertRaisesRegex(UserError, "no answer of ours"):
            self._enter(self.clerk, "contested", comment="No")

    def test_contesting_needs_words(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self._enter(self.clerk, "contested")

    def test_a_new_answer_waits_for_a_new_reply(self):
        self._enter(self.clerk, "contested", comment="You are wrong")

        self.case.stage_id = self.stage_answered
        self._enter(self.clerk, "accepted")

        consents = self.case.consent_ids.sorted("id")
        self.assertEqual(consents.mapped("is_accepted"), [False, True])

    def test_t14_nobody_enters_it_for_a_complaint_out_of_reach(self):
        for user in (self.colleague, self.salesman, self.outsider, self.customer_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._enter(user, "accepted")

        self.assertFalse(self.case.consent_ids)

    def test_t19_nobody_changes_or_removes_it(self):
        self._enter(self.manager, "accepted")
        consent = self.case.consent_ids

        for deed in (
            lambda: consent.with_user(self.manager).write({"is_accepted": False}),
            lambda: consent.sudo().write({"comment": "x"}),
            lambda: consent.sudo().unlink(),
            lambda: consent.sudo().create({"complaint_id": self.case.id, "is_accepted": True}),
        ):
            with self.assertRaises(AccessError):
                deed()

    def test_t21_replies_are_seen_with_their_complaint(self):
        self._enter(self.clerk, "accepted")
        consents = self.env["crm.complaint.consent"]

        self.assertEqual(consents.with_user(self.clerk).search_count([]), 1)
        self.assertEqual(consents.with_user(self.colleague).search_count([]), 0)
