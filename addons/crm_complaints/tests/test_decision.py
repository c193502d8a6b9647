from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestDecision(ComplaintsCase):
    """What is decided about a complaint, and the record of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.complaint()

    def take(self, user, outcome, reasons="", *points):
        """Decide by the dialog, as a person does."""
        action = self.case.with_user(user).action_decide()
        dialog = (
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create(
                {
                    "outcome": outcome,
                    "reasons": reasons,
                    "line_ids": [
                        Command.create({"name": name, "outcome": end, "reasons": why})
                        for name, end, why in points
                    ],
                }
            )
        )
        dialog.action_decide()
        return self.case.decision_id

    def test_a_decision_is_on_record_with_its_author_and_reasons(self):
        decision = self.take(self.clerk, "rejected", "<p>The term is over</p>")

        self.assertRecordValues(
            decision,
            [
                {
                    "outcome": "rejected",
                    "user_id": self.clerk.id,
                    "date": fields.Datetime.to_datetime("2026-03-02 08:00:00"),
                    "way": "person",
                }
            ],
        )
        self.assertIn("The term is over", decision.reasons)
        self.assertEqual(self.case.outcome, "rejected")

    def test_whoever_is_refused_something_learns_why(self):
        for outcome in ("partly", "rejected"):
            for reasons in ("", "<p><br></p>"):
                with self.subTest(outcome), self.assertRaisesRegex(UserError, "Give the reasons"):
                    self.take(self.clerk, outcome, reasons)

        self.assertFalse(self.case.outcome)

    def test_points_are_decided_one_by_one(self):
        decision = self.take(
            self.clerk,
            "partly",
            "<p>See below</p>",
            ("Late", "upheld", ""),
            ("Damaged", "rejected", "It was not"),
        )

        self.assertEqual(decision.point_ids.mapped("outcome"), ["upheld", "rejected"])

    def test_the_whole_follows_from_its_points(self):
        with self.assertRaisesRegex(UserError, "Partly upheld"):
            self.case.with_user(self.clerk)._decide(
                "upheld",
                points=[
                    {"name": "Late", "outcome": "upheld"},
                    {"name": "Damaged", "outcome": "rejected", "reasons": "It was not"},
                ],
            )
        with self.assertRaisesRegex(UserError, "each point"):
            self.take(self.clerk, "rejected", "<p>No</p>", ("Late", "rejected", ""))

    def test_a_second_decision_stands_beside_the_first(self):
        first = self.take(self.clerk, "rejected", "<p>The term is over</p>")
        second = self.take(self.leader, "upheld")

        self.assertEqual(self.case.decision_ids, second | first)
        self.assertEqual(self.case.decision_id, second)

    def test_the_dialog_warns_whoever_decided_before(self):
        self.take(self.clerk, "upheld")
        dialogs = self.env["crm.complaint.decision.take"]

        for user, warned in [(self.clerk, True), (self.leader, False)]:
            with self.subTest(user=user.login):
                dialog = dialogs.with_user(user).new({"complaint_id": self.case.id})
                self.assertEqual(bool(dialog.warning), warned)

    def test_an_outcome_written_without_the_dialog_is_on_record_too(self):
        imported = self.complaint(outcome="upheld")
        self.case.with_user(self.clerk).outcome = "withdrawn"

        self.assertEqual(imported.decision_id.outcome, "upheld")
        self.assertRecordValues(
            self.case.decision_id, [{"outcome": "withdrawn", "user_id": self.clerk.id}]
        )
        self.case.with_user(self.clerk).outcome = False
        self.assertFalse(self.case.decision_id)
        self.assertEqual(self.case.decision_ids.sorted("id")[-1:].outcome, "taken_back")

    def test_t19_nobody_rewrites_a_decision(self):
        decision = self.take(self.clerk, "rejected", "<p>No</p>", ("Late", "rejected", "No"))

        for fact in (decision, decision.point_ids):
            for deed in (
                lambda fact=fact: fact.sudo().write({"outcome": "upheld"}),
                fact.sudo().unlink,
                lambda fact=fact: fact.sudo().copy(),
            ):
                with self.assertRaises(AccessError):
                    deed()

    def test_t14_the_dialog_gives_no_right(self):
        dialogs = self.env["crm.complaint.decision.take"].with_user(self.colleague)

        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            dialogs.create({"complaint_id": self.case.id, "outcome": "upheld"}).action_decide()

    def test_t6_scripts_in_reasons_are_taken_out(self):
        decision = self.take(self.clerk, "rejected", "<p>No<script>alert(1)</script></p>")

        self.assertNotIn("script", decision.reasons)

    def test_the_answer_tells_decision_remedy_and_routes_in_the_language_of_the_customer(self):
        self.take(
            self.clerk, "partly", "<p>The carrier was late</p>", ("<b>Late</b>", "partly", "x")
        )
        self.env["crm.complaint.compensation"].with_user(self.clerk).create(
            {
                "complaint_id": self.case.id,
                "remedy_id": self.env.ref("crm_complaints.crm_complaint_remedy_refund").id,
                "amount": 40,
                "description": "Freight",
            }
        )
        template = self.env.ref("crm_complaints.mail_template_decision")

        body = template.with_user(self.clerk)._render_field(
            "body_html", self.case.ids, compute_lang=True
        )[self.case.id]

        for words in ("The carrier was late", "Freight", "40.00", "Court", "&lt;b&gt;Late"):
            with self.subTest(words):
                self.assertIn(words, body)
