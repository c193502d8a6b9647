from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestReply(ComplaintsCase):
    """What the complainant says to our answer, written down by a clerk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.complaint()
        cls.case.stage_id = cls.stage_answered

    def reply(self, user, reply, comment=""):
        dialog = (
            self.env["crm.complaint.consent.entry"]
            .with_user(user)
            .create({"complaint_id": self.case.id, "reply": reply, "comment": comment})
        )
        dialog.action_record()

    def test_consent_is_on_record_with_who_wrote_it_down(self):
        self.reply(self.clerk, "accepted")

        self.assertRecordValues(
            self.case.consent_ids,
            [
                {
                    "is_accepted": True,
                    "user_id": self.clerk.id,
                    "partner_id": self.customer.id,
                    "way": "person",
                }
            ],
        )

    def test_a_refusal_needs_words(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.reply(self.clerk, "contested", "  ")

        self.reply(self.clerk, "contested", "I paid for both")

        self.assertEqual(self.case.consent_ids.comment, "I paid for both")
        self.assertTrue(self.case.activity_ids)

    def test_only_an_answer_is_replied_to_and_once(self):
        self.reply(self.clerk, "accepted")
        with self.assertRaisesRegex(UserError, "waiting for a reply"):
            self.reply(self.clerk, "accepted")

        self.case = self.complaint()
        with self.assertRaisesRegex(UserError, "waiting for a reply"):
            self.reply(self.clerk, "accepted")

    def test_t14_the_dialog_gives_no_right(self):
        with self.assertRaises(AccessError):
            self.reply(self.colleague, "accepted")

    def test_the_final_answer_is_filled_with_the_decision(self):
        case = self.complaint().with_user(self.clerk)
        self.assertNotIn("default_template_id", case.action_answer()["context"])
        case._decide("rejected", "<p>The term is over</p>")

        action = case.action_answer()

        answer = self.env[action["res_model"]].with_user(self.clerk)
        dialog = Form(answer.with_context(**action["context"]))
        self.assertEqual(dialog.outcome, "rejected")
        self.assertIn("The term is over", dialog.body)
