from odoo import api, models
from odoo.tools import SQL

from ...logic import typo
from ...logic.ranking import key
from ...logic.words import words

MAX_LOOKED_AT = 300  # words of the vocabulary that share a rest with a typo
MAX_TRIED = 20  # the closest of them, that are looked for in articles one may read


class CrmKnowledgeArticle(models.Model):
    """What was meant by a word that no article has: the other layout, or a typo.

    A word is offered only where it stands in an article that the user may read: a vocabulary of
    everything would tell names out of hidden articles.
    """

    _inherit = "crm.knowledge.article"

    @api.model
    def _get_other_word(self, group, domain):
        """Return the word that was meant; nothing where the one typed is right, or none is near."""
        if group.is_code or (group.lexemes and self._is_read(group.lexemes, [], domain)):
            return ""
        if group.switched:
            switched = [word.text for word in words(group.switched)]
            found = [self._is_read(self._get_lexemes()(word), [], domain) for word in switched]
            if found and all(found):
                return " ".join(switched)
        tried = [group.text, *(word.text for word in words(group.switched))]
        for word in tried:
            near = self._get_near_words(word, domain)
            if near:
                return near
        return ""

    @api.model
    def _get_near_words(self, word, domain):
        """Return the nearest word to a typo among those the user may read."""
        limit = typo.allowed_changes(word)
        if not limit:
            return ""
        numbers = [key(rest) for rest in typo.rests(word)]
        known = self.env.execute_query(
            SQL(
                """
                SELECT word, articles FROM crm_knowledge_word
                 WHERE rests && %s::int[] AND length(word) BETWEEN %s AND %s
              ORDER BY articles DESC LIMIT %s
                """,
                numbers,
                len(word) - limit,
                len(word) + limit,
                MAX_LOOKED_AT,
            )
        )
        for near in typo.closest(word, known)[:MAX_TRIED]:
            if self._is_read(self._get_lexemes()(near), [near], domain):
                return near
        return ""

    @api.model
    def _is_read(self, lexemes, exact, domain):
        """Whether an article that the user may read has one of the lexemes, and each exact word."""
        base = self._search(domain, order="id")
        if base.is_empty():
            return False
        index = base.join(base.table, "id", "crm_knowledge_index", "article_id", "index")
        line = SQL.identifier(index, "line")
        conditions = [
            SQL("%s && %s::int[]", SQL.identifier(index, "terms"), [key(one) for one in lexemes]),
            *(SQL("strpos(%s, %s) > 0", line, f" {word} ") for word in exact),
        ]
        if base.where_clause:
            conditions.append(base.where_clause)
        rows = self.env.execute_query(
            SQL(
                "SELECT 1 FROM %s WHERE %s LIMIT 1",
                base.from_clause,
                SQL(" AND ").join(conditions),
            )
        )
        return bool(rows)
