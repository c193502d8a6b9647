from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmKnowledgeArticle(models.Model):
    """The index follows the article, in the same transaction."""

    _inherit = "crm.knowledge.article"

    search_text = fields.Char(
        "Search",
        compute="_compute_search_text",
        search="_search_search_text",
        help="Finds an article by its title, summary, text and files, in any form of the words.",
    )

    def _compute_search_text(self):
        """The field is there to be searched by: it shows nothing."""
        self.search_text = False

    @api.model
    def _search_search_text(self, operator, value):
        """Return a domain of the articles that have all the words; one can go on from there.

        Where no article has them all, those that fit best. Works with any other domain and under
        the rules of who searches: what is hidden changes nothing.
        """
        if operator not in ("ilike", "like", "=", "=ilike", "=like", "in", "any"):
            return NotImplemented
        texts = [value] if isinstance(value, str) else list(value or [])
        return Domain.OR(self._get_text_domain(text) for text in texts if isinstance(text, str))

    @api.model
    def _get_text_domain(self, text):
        """Return the domain of one text."""
        query = self._read_query(text)
        if not query.text:
            return Domain.TRUE
        if query.groups:
            needed = self._has_words(query)
            if self.search_count(needed, limit=1):
                return needed
        return Domain("id", "in", [hit.article_id for hit in self._find(query, limit=80).hits])

    @api.model
    def _has_words(self, query):
        """Return the domain of articles that have all words of a query, as PostgreSQL sees it."""
        words = [self._get_numbers(group) for group in query.groups]

        def to_sql(model, alias, joined):
            index = joined.join(alias, "id", "crm_knowledge_index", "article_id", "index")
            terms = SQL.identifier(index, "terms")
            conditions = [SQL("%s && %s::int[]", terms, numbers) for numbers in words]
            conditions += self._get_limits(query, index)
            return SQL("(%s)", SQL(" AND ").join(conditions))

        return Domain.custom(to_sql=to_sql)

    def _index_changed(self):
        result = super()._index_changed()
        # sudo: the index follows, whoever writes, and nobody has access to it
        self.env["crm.knowledge.index"].sudo()._index(self.sudo())
        return result

    def unlink(self):
        index = self.env["crm.knowledge.index"].sudo()  # sudo: as above
        before = index._get_kept(self.ids)
        result = super().unlink()
        index.env["crm.knowledge.index.change"]._note([(kept, None) for kept in before.values()])
        return result
