from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswer(AnswerCase):
    """The complaint is the query, and a solved one becomes an answer."""

    def _uses(self):
        return self.env["crm.knowledge.use"].search(
            [("res_model", "=", "crm.complaint"), ("res_id", "=", self.complaint.id)]
        )

    def test_the_words_of_a_complaint_find_its_answer(self):
        titles = [one["title"] for one in self.mine.get_knowledge_answers()]

        self.assertIn("Returning a lamp", titles)

    def test_an_article_linked_to_the_category_is_offered(self):
        self.article(name="Zebra", complaint_category_ids=[Command.set(self.category.ids)])

        answers = {one["title"]: one["reasons"] for one in self.mine.get_knowledge_answers()}

        self.assertEqual(answers["Zebra"], ["Categories of Complaints"])

    def test_the_number_of_the_complaint_is_filled_in(self):
        answer = self.mine.preview_knowledge_answer(self.answer.id)

        self.assertIn(
            f"Dear Carla Customer, your complaint {self.complaint.number}", answer["text"]
        )
        self.assertFalse(answer["missing"])

    def test_a_solved_complaint_becomes_an_article(self):
        action = self.mine.action_capture_knowledge()
        capture = self.env["crm.knowledge.capture"].with_user(self.clerk).browse(action["res_id"])
        self.assertEqual(capture.question, "I want to send the lamp back, call [name].")
        capture.answer = "Send it back."
        capture.action_check()

        made = capture.action_create_article()

        article = self.env["crm.knowledge.article"].browse(made["res_id"])
        self.assertEqual(article.complaint_category_ids, self.category)
        self.assertEqual(self._uses().state, "captured")

    def test_t20_nothing_is_copied_from_a_confidential_complaint(self):
        self.complaint.is_confidential = True

        with self.assertRaisesRegex(UserError, "by hand"):
            self.mine.action_capture_knowledge()

    def test_t21_a_use_on_a_complaint_is_seen_by_who_may_read_the_complaint(self):
        self.mine.copy_knowledge_answer(self.answer.id)
        editor = new_test_user(self.env, "cmp_knw_editor", "crm_knowledge.group_editor")
        use = self._uses()

        self.assertTrue(use.with_user(self.clerk).search([("id", "=", use.id)]))
        self.assertFalse(use.with_user(editor).search([("id", "=", use.id)]))
        with self.assertRaises(AccessError):
            use.with_user(editor).read(["user_id"])
        self.assertEqual(self.answer.with_user(editor).use_count, 0)

    def test_closed_complaints_are_counted_for_who_may_read_them(self):
        self.mine.copy_knowledge_answer(self.answer.id)
        self.complaint.stage_id = self.stage_withdrawn
        self.env.flush_all()
        domain = [("res_model", "=", "crm.complaint"), ("res_id", "=", self.complaint.id)]
        links = self.env["crm.knowledge.link"]

        self.assertRecordValues(
            links.with_user(self.clerk).search(domain),
            [{"is_linked": True, "success_percent": 100.0}],
        )
        self.assertFalse(links.with_user(self.outsider).search(domain))
