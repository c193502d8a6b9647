from odoo import api, models
from odoo.tools import SQL

from ...logic.text import strip_all


class CrmKnowledgeArticle(models.Model):
    """What of an article is searched, and when it has changed."""

    _inherit = "crm.knowledge.article"

    @api.model_create_multi
    def create(self, vals_list):
        articles = super().create(vals_list)
        articles._index_changed()
        return articles

    def write(self, vals):
        result = super().write(vals)
        if not self._get_searched_fields().isdisjoint(vals):
            self._index_changed()
        return result

    @api.model
    def _get_searched_fields(self):
        """Hook: return the fields whose change changes what is found, or how."""
        return {"name", "summary", "body", "lang", "type_id", "active", "state", "revision_of_id"}

    def _get_search_texts(self):
        """Hook: return the texts of each article, by id.

        Each is a dictionary: ``lang``, and by weight A its name, B its summary, C its body
        without tags, D what is written in its attachments.
        """
        # sudo: the index holds all articles; who searches sees by the rules of articles
        articles = self.sudo()
        articles.fetch(["name", "summary", "body", "lang"])
        bodies = strip_all(article.body for article in articles)
        attached = articles._get_attached_texts()
        return {
            article.id: {
                "lang": article.lang,
                "A": article.name or "",
                "B": article.summary or "",
                "C": body,
                "D": attached.get(article.id, ""),
            }
            for article, body in zip(articles, bodies, strict=True)
        }

    def _get_attached_texts(self):
        """Return what Odoo's reader of documents has found in the attachments, by article."""
        read = ["res_model", "res_id", "res_field", "name", "index_content"]
        self.env["ir.attachment"].flush_model(read)
        # no search by the ORM, which asks again who may read what: each search comes by here
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_id, name, index_content FROM ir_attachment
                 WHERE res_model = %s AND res_id = ANY(%s) AND res_field IS NULL
              ORDER BY id
                """,
                self._name,
                self.ids,
            )
        )
        texts = {}
        for article_id, name, content in rows:
            words = [name or ""]
            # without a reader for its kind, Odoo notes only what kind it is
            if content not in (None, "application", "image", "video", "audio"):
                words.append(content)
            texts.setdefault(article_id, []).extend(words)
        return {article_id: "\n".join(words) for article_id, words in texts.items()}

    def _index_changed(self):
        """Hook: what is searched of these articles has changed; the index has to follow.

        Called once for all articles of a write, after it, whoever writes.
        """
