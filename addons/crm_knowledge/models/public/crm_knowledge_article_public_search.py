from odoo import api, models

from ...logic.public import keep_seen, plain_question
from ...logic.variables import fill_all

SUGGESTED = 5  # answers beside a form
FOUND = 20  # answers on a page of a search
MOST_PAGES = 5  # whoever finds nothing there asks in other words


class CrmKnowledgeArticle(models.Model):
    """Answers for visitors: the same search, within what they may see."""

    _inherit = "crm.knowledge.article"

    @api.model
    def _find_public(self, text, limit=FOUND):
        """Return answers to a visitor's question, best first.

        Each is a dictionary: ``id``, ``title``, ``snippet`` (safe HTML) and ``url``. Another
        add-on offers them before somebody sends a complaint or a request.
        """
        return self._show_public(self._hit_public(text, limit))

    @api.model
    def _find_public_page(self, text, page):
        """Return the answers on a page of a search, and whether there are more after it."""
        page = min(max(page, 1), MOST_PAGES)
        hits = self._hit_public(text, page * FOUND + 1)
        has_more = page < MOST_PAGES and len(hits) > page * FOUND
        return self._show_public(hits[(page - 1) * FOUND : page * FOUND]), has_more

    @api.model
    def _hit_public(self, text, limit):
        """Return what the search finds for a visitor."""
        question = plain_question(text)
        if not question:
            return []
        # sudo: visitors have no right on the model; the domain is all they get
        return self.sudo().search_articles(question, limit, self._get_public_domain())

    @api.model
    def _show_public(self, hits):
        """Return of what was found what visitors may know."""
        # sudo: found within what the visitor may see
        articles = self.sudo()
        found = articles.browse(hit["id"] for hit in hits)
        kept = keep_seen(hits, {article.id: article.summary or "" for article in found})
        return [
            {
                **hit,
                "snippet": fill_all(hit["snippet"], {}),
                "url": articles.browse(hit["id"])._get_public_path(),
            }
            for hit in kept
        ]
