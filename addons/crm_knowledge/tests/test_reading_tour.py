from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import KnowledgeCase

TEXT = "<h2>When</h2><p>Return zanzibarite within 14 days.</p><h2>How</h2><p>By mail.</p>"


@tagged("post_install", "-at_install")
class TestReadingTour(HttpCase, KnowledgeCase):
    """Finding, reading and confirming in a browser; a customer finds the public answer."""

    browser_size = "1400x900"

    def _make_regulation(self):
        regulation = self.article(
            name="Tour Regulation",
            body=TEXT,
            is_to_confirm=True,
            confirm_user_ids=[Command.set(self.reader.ids)],
            question_ids=[
                Command.create(
                    {
                        "name": "How many days?",
                        "choice_ids": [
                            Command.create({"name": "14", "is_right": True}),
                            Command.create({"name": "30"}),
                        ],
                    }
                )
            ],
        )
        regulation._publish()
        self.env["crm.knowledge.reading"]._settle(regulation)
        return regulation

    def test_a_regulation_is_found_read_and_confirmed(self):
        regulation = self._make_regulation()

        self.start_tour("/odoo/knowledge", "crm_knowledge_read", login="knw_reader")

        self.assertEqual(regulation.reading_ids.state, "confirmed")

    def test_a_visitor_finds_the_public_answer(self):
        answer = self.article(published=True, name="Tour Answer", body=TEXT, publicity="public")

        self.start_tour("/knowledge", "crm_knowledge_visit")

        self.assertEqual(answer.public_opinion_ids.mapped("is_helpful"), [True])

    def test_an_editor_opens_what_a_figure_counts(self):
        answer = self.article(published=True, name="Tour Answer")

        self.start_tour("/odoo/knowledge-overview", "crm_knowledge_overview", login="knw_editor")

        self.assertEqual(answer.state, "published")

    def test_a_customer_reads_the_page_an_answer_links_to(self):
        answer = self.article(published=True, name="Tour Answer", body=TEXT, publicity="public")
        uses = self.env["crm.knowledge.use"]
        use = uses.with_user(self.reader)._note(answer, self.customer_user.partner_id, "copied")

        self.start_tour(
            f"{answer._get_public_path()}?answer={use.sudo().token}", "crm_knowledge_linked"
        )

        self.assertTrue(use.date_opened)

    def test_an_employee_asks_from_anywhere(self):
        self.article(published=True, name="Tour Answer", body=TEXT)

        self.start_tour("/odoo/knowledge", "crm_knowledge_palette", login="knw_reader")

        asked = self.env["crm.knowledge.query"].search([("text", "=", "zanzibarite")])
        self.assertEqual(asked.mapped("is_opened"), [True])
