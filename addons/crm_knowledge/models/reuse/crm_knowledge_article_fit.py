from odoo import api, models

from ...logic import lifecycle
from ...logic.suggestion import rank

SHOWN = 8
LOOKED_AT = 30


class CrmKnowledgeArticle(models.Model):
    """Which articles fit an open record: found by its words, or linked to what it is linked to."""

    _inherit = "crm.knowledge.article"

    @api.model
    def _get_fitting(self, record, text=""):
        """Return the answers that fit a record the user may read, best first.

        :param text: what a person has typed; else the words of the record ask
        """
        question = text or record._get_knowledge_question()
        found = self.search_articles(question, LOOKED_AT) if question else []
        linked = self._get_linked(record)
        if text:
            # who types wants what was typed; a link only helps to choose among it
            known = {answer["id"] for answer in found}
            linked = {name: ids & known for name, ids in linked.items()}
        fits = rank({answer["id"]: answer["score"] for answer in found}, linked, SHOWN)
        snippets = {answer["id"]: answer["snippet"] for answer in found}
        return self._describe_fits(fits, snippets, record._get_knowledge_lang())

    @api.model
    def _get_linked(self, record):
        """Return, by field, the articles in force that are linked to what the record is."""
        links = {name: ids for name, ids in record._get_knowledge_links().items() if ids}
        live = [("state", "in", lifecycle.IN_FORCE), ("revision_of_id", "=", False)]
        return {
            name: set(self.search([*live, (name, "in", ids)], limit=LOOKED_AT)._ids)
            for name, ids in links.items()
        }

    @api.model
    def _describe_fits(self, fits, snippets, lang):
        """Return the fitting articles as the panel shows them, each in the language wanted."""
        articles = self.browse(fit.article_id for fit in fits)
        spoken = articles._get_in_language(lang) if lang else {}
        langs = dict(self.env["res.lang"].get_installed())
        answers = {}
        for fit, original in zip(fits, articles, strict=True):
            article = spoken.get(original.id, original)
            answers.setdefault(
                article.id,
                {
                    "id": article.id,
                    "title": article.name,
                    "summary": article.summary or "",
                    "snippet": snippets.get(original.id, "") if article == original else "",
                    "reasons": [
                        self._fields[name]._description_string(self.env) for name in fit.links
                    ],
                    "is_unverified": article.state == lifecycle.TO_VERIFY,
                    "is_limited": article._is_limited(),
                    "lang": langs.get(article.lang, "") if lang and article.lang != lang else "",
                },
            )
        return list(answers.values())

    def _is_limited(self):
        """Whether not every colleague may read the article: think before it goes to customers."""
        self.ensure_one()
        # sudo: a limit of a category counts also for whoever cannot open the category
        article = self.sudo()
        return article.access != "open" or bool(article.category_id.limiting_ids)
