from odoo import api, models

from ...logic.public import keep_seen, plain_question

SUGGESTED = 5  # answers beside a form
FOUND = 20  # answers on the page of a search


class CrmKnowledgeArticle(models.Model):
    """Answers for visitors: the same search, within what they may see."""

    _inherit = "crm.knowledge.article"

    @api.model
    def _find_public(self, text, limit=FOUND):
        """Return answers to a visitor's question, best first.

        Each is a dictionary: ``id``, ``title``, ``snippet`` (safe HTML) and ``url``. Another
        add-on offers them before somebody sends a complaint or a request.
        """
        question = plain_question(text)
        if not question:
            return []
        # sudo: visitors have no right on the model; the domain is all they get
        articles = self.sudo()
        hits = articles.search_articles(question, limit, self._get_public_domain())
        found = articles.browse(hit["id"] for hit in hits)
        kept = keep_seen(hits, {article.id: article.summary or "" for article in found})
        return [{**hit, "url": articles.browse(hit["id"])._get_public_path()} for hit in kept]
