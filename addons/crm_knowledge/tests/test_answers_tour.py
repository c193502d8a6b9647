from odoo.tests import HttpCase, tagged

from .test_answers import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswersTour(HttpCase, AnswerCase):
    """Answers beside an opportunity, in a browser."""

    browser_size = "1400x900"

    def test_what_the_palette_does_not_find_is_kept(self):
        self.start_tour("/odoo/knowledge", "crm_knowledge_palette_in_vain", login="knw_seller")

        asked = self.env["crm.knowledge.query"].search([("text", "=", "zanzibarite")])
        self.assertEqual(asked.mapped("is_hit"), [False])

    def test_an_answer_is_written_down_from_an_opportunity(self):
        self.category.sequence = -1
        self.lead.description = "<p>Kim wants to return a desk.</p>"

        self.start_tour(
            f"/odoo/crm.lead/{self.lead.id}",
            "crm_knowledge_write_down",
            login="knw_seller",
        )

        use = self.env["crm.knowledge.use"].search([("res_id", "=", self.lead.id)])
        self.assertEqual((use.state, use.article_id.state), ("captured", "in_review"))
        asked = self.env["crm.knowledge.query"].search([("text", "=", "zanzibarite")])
        self.assertEqual(asked.mapped("is_hit"), [False])
