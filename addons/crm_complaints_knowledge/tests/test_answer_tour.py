from odoo.tests import HttpCase, tagged

from .common import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswerTour(AnswerCase, HttpCase):
    """In the browser: find an answer to a complaint and send it."""

    def test_a_clerk_finds_an_answer_and_sends_it(self):
        self.start_tour(
            f"/odoo/crm.complaint/{self.complaint.id}",
            "crm_complaints_knowledge_answer",
            login=self.clerk.login,
        )

        use = self.env["crm.knowledge.use"].search([("res_id", "=", self.complaint.id)])
        self.assertEqual(use.state, "sent")


@tagged("post_install", "-at_install")
class TestAnswerTelephone(AnswerCase, HttpCase):
    """The same on a telephone, where the button is in a menu."""

    browser_size = "400x800"
    touch_enabled = True

    def test_a_clerk_answers_on_a_telephone(self):
        self.start_tour(
            f"/odoo/crm.complaint/{self.complaint.id}",
            "crm_complaints_knowledge_telephone",
            login=self.clerk.login,
        )

        use = self.env["crm.knowledge.use"].search([("res_id", "=", self.complaint.id)])
        self.assertEqual(use.state, "inserted")
