from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import StandardsCase


class TestComment(StandardsCase):
    """Those who will keep the rules help to write them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls.env["crm.standard"].create(
            {
                "name": "Rules to come",
                "user_id": cls.leader.id,
                "team_ids": [Command.set(cls.team.ids)],
                "rule_ids": [
                    Command.create(cls.rule_vals("enter", cls.stage_qualified, ["partner_id"]))
                ],
            }
        )
        cls.draft.with_user(cls.controller).action_send_to_review()
        cls.version = cls.draft.open_version_id

    def comment(self, user=None, **values):
        comments = self.env["crm.standard.comment"].with_user(user or self.salesman)
        return comments.create({"version_id": self.version.id, "text": "Too strict", **values})

    def test_employee_comments_on_a_rule_in_review(self):
        comment = self.comment(rule_id=self.draft.rule_ids.id, kind="proposal", quote="fill in")

        self.assertRecordValues(comment, [{"user_id": self.salesman.id, "state": "open"}])
        self.assertEqual(self.version.comment_count, 1)

    def test_owner_answers_and_is_named(self):
        comment = self.comment().with_user(self.leader)

        comment.answer = "We follow it."
        comment.action_accept()

        self.assertRecordValues(comment, [{"state": "accepted", "answered_by_id": self.leader.id}])

    def test_declining_needs_an_answer(self):
        with self.assertRaisesRegex(UserError, "write the answer"):
            self.comment().with_user(self.controller).action_decline()

    def test_nobody_else_answers(self):
        comment = self.comment().with_user(self.colleague)

        with self.assertRaises(AccessError):
            comment.action_accept()
        with self.assertRaises(AccessError):
            comment.answer = "No"

    def test_what_is_not_in_review_is_not_commented(self):
        self.version.with_user(self.controller).action_put_in_force()

        with self.assertRaisesRegex(UserError, "not in review"):
            self.comment()

    def test_t4_author_and_state_are_not_set_by_the_caller(self):
        comment = self.comment(user_id=self.leader.id, state="accepted", answer="Yes!")

        self.assertRecordValues(
            comment, [{"user_id": self.salesman.id, "state": "open", "answer": False}]
        )
        for values in (
            {"state": "accepted"},
            {"user_id": self.leader.id},
            {"answered_by_id": self.leader.id},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                comment.write(values)

    def test_t4_defaults_from_the_context_do_not_answer_a_comment(self):
        comments = self.env["crm.standard.comment"].with_user(self.salesman)
        comments = comments.with_context(default_state="accepted", default_answered_by_id=1)

        comment = comments.create({"version_id": self.version.id, "text": "x"})

        self.assertEqual(comment.state, "open")

    def test_t1_others_comments_are_not_changed(self):
        comment = self.comment().with_user(self.colleague)

        self.assertEqual(comment.text, "Too strict")
        with self.assertRaises(AccessError):
            comment.text = "Fine"
        with self.assertRaises(AccessError):
            comment.unlink()

    def test_answered_comment_stays_what_was_answered(self):
        comment = self.comment()
        comment.text = "Much too strict"  # nobody has answered yet
        comment.with_user(self.leader).action_accept()

        with self.assertRaises(AccessError):
            comment.text = "Just right"

        self.assertEqual(comment.text, "Much too strict")

    def test_controller_does_not_put_words_into_an_employees_mouth(self):
        with self.assertRaises(AccessError):
            self.comment().with_user(self.controller).text = "Fine"

    def test_t1_foreign_rule_is_not_quoted(self):
        foreign = self.standard(self.rule_vals("enter", self.stage_proposal, ["partner_id"]))

        with self.assertRaisesRegex(UserError, "Choose a rule of the version"):
            self.comment(rule_id=foreign.rule_ids.id)

    def test_t1_foreign_draft_is_not_commented(self):
        self.version.with_user(self.controller).action_back_to_draft()

        with self.assertRaises(AccessError):
            self.comment()
