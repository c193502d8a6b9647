from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import KnowledgeCase


@tagged("post_install", "-at_install")
class TestArticleTour(HttpCase, KnowledgeCase):
    """Writing, reviewing and publishing in a browser."""

    browser_size = "1400x900"

    def test_an_article_is_written_submitted_and_published(self):
        self.env["crm.knowledge.type"].search([]).sequence = 20
        self.type.sequence = 1
        self.category.sequence = -1

        self.start_tour(
            "/odoo/action-crm_knowledge.crm_knowledge_article_action_mine",
            "crm_knowledge_write",
            login="knw_author",
        )
        article = self.env["crm.knowledge.article"].search([("name", "=", "Tour Article")])
        self.assertEqual(article.state, "in_review")
        self.start_tour(
            f"/odoo/action-crm_knowledge.crm_knowledge_article_action_review/{article.id}",
            "crm_knowledge_publish",
            login="knw_reviewer",
        )

        self.assertEqual(article.version, 1)

    @mute_logger("odoo.http")  # the refusal
    def test_t18_the_slower_of_two_writers_loses_no_text(self):
        article = self.article()

        self.start_tour(
            f"/odoo/action-crm_knowledge.crm_knowledge_article_action_mine/{article.id}",
            "crm_knowledge_two_writers",
            login="knw_author",
        )

        self.assertEqual(article.summary, "The colleague's summary")
