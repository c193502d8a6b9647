from odoo import api, models

from ...logic.question import make_question
from ...logic.similar import ALIKE, likeness, own_text
from ...morphology import lexemes

CANDIDATES = 20
SHOWN = 5
MAX_TEXT = 20_000  # signs of a text that are compared


class CrmKnowledgeArticle(models.Model):
    """Shown while one writes: what says the same already, of what the writer may read."""

    _inherit = "crm.knowledge.article"

    @api.model
    @api.readonly
    def get_similar(self, title, body="", article_id=False):
        """Return articles that look like what is being written, the most alike first.

        Published ones, and drafts the writer may read: two who write the same learn it in time.

        :param article_id: the article that is being written, if it is saved already
        :return: dictionaries with ``id``, ``title``, ``state``, its name ``state_name`` and
            ``percent``
        """
        self.check_access("read")
        title = title[:MAX_TEXT] if isinstance(title, str) else ""
        text = own_text(body[:MAX_TEXT]) if isinstance(body, str) else ""
        question = make_question([title, text])
        if not question:
            return []
        langs = self._get_query_languages()
        alike = []
        for article in self._get_alike_candidates(question, article_id):
            other = own_text(article.body)[:MAX_TEXT]
            share = likeness(title, text, article.name, other, lambda word: lexemes(word, langs))
            if share >= ALIKE:
                alike.append((share, article))
        alike.sort(key=lambda found: (-found[0], found[1].id))
        return [article._describe_similar(share) for share, article in alike[:SHOWN]]

    @api.model
    def _get_alike_candidates(self, question, article_id):
        """Return what search finds for the text, but not the article itself in any shape."""
        is_number = isinstance(article_id, int) and not isinstance(article_id, bool)
        own = self.browse(article_id if is_number and 0 < article_id < 2**31 else ()).exists()
        # sudo: only to leave out what belongs to the article itself
        family = own.sudo().revision_of_id | own.sudo().translation_of_id
        known = own | family | own.sudo().translation_ids  # sudo: as above
        domain = [("id", "not in", known.ids), ("revision_of_id", "=", False)]
        hits = self.search_articles(question, CANDIDATES, domain)
        return self.browse(hit["id"] for hit in hits)

    def _describe_similar(self, share):
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "title": self.name,
            "state": self.state,
            "state_name": states[self.state],
            "percent": round(share * 100),
        }
