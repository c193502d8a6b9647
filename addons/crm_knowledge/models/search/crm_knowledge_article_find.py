from dataclasses import dataclass, replace

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import plan
from ...logic.query import Query, instead, read
from ...logic.ranking import TOP, key
from ...morphology import lexemes

LIVE = ["published", "to_verify"]
UNVERIFIED = 0.7  # what an article nobody has verified for long is worth against another one
MAX_HITS = 100


@dataclass(frozen=True)
class Hit:
    """An article that was found, how well it fits, and which words of the query it has."""

    article_id: int
    score: float
    groups: frozenset[int] = frozenset()
    is_promoted: bool = False


@dataclass(frozen=True)
class Found:
    """What a query has found, best first, and as what it was understood."""

    query: Query
    hits: tuple[Hit, ...] = ()


class CrmKnowledgeArticle(models.Model):
    """Finding: one statement chooses the articles that can be the best, and ranks them.

    Rules first, limit after: each door (``logic/plan.py``) counts only articles that the user may
    read. The rest is ``logic/``: reading the query, what a word is worth.
    """

    _inherit = "crm.knowledge.article"

    @api.model
    def _get_query_languages(self):
        """Return the languages in which a word of a query is read beside Russian and English."""
        codes = {code[:2] for code, _name in self.env["res.lang"].get_installed()}
        return tuple(sorted(codes - {"ru", "en"}))

    @api.model
    def _get_lexemes(self):
        """Return the function that gives the lexemes of a word of a query."""
        languages = self._get_query_languages()
        return lambda word: lexemes(word, languages)

    @api.model
    def _read_query(self, text):
        """Return what somebody typed as a query, with synonyms of its words."""
        return self.env["crm.knowledge.synonym"]._widen(read(text, self._get_lexemes()))

    @api.model
    def _get_numbers(self, group):
        """Return the numbers of a word's lexemes."""
        return [key(lexeme) for lexeme in group.lexemes]

    @api.model
    def _find(self, query, limit, domain=None):
        """Return what a query finds among the articles of a domain that the user may read.

        Words that none of the best articles has are looked at again: typed in the other layout of
        the keyboard, or with a typo.
        """
        domain = Domain(domain or Domain.TRUE)
        hits = self._rank(query, limit, domain)
        seen = frozenset().union(*(hit.groups for hit in hits))
        missed = [place for place in range(len(query.groups)) if place not in seen]
        better = self._correct(query, missed, domain) if missed else query
        if better != query:
            hits, query = self._rank(better, limit, domain), better
        return Found(query, tuple(hits))

    @api.model
    def _rank(self, query, limit, domain):
        """Return the best articles for a query as it stands."""
        # sudo: how often a word is used; no article is shown by it
        terms = self.env["crm.knowledge.term"].sudo()
        counts, total = terms._get_counts(plan.numbers(query.groups))
        doors = plan.doors(query.groups, counts)
        base = self._search(domain, order="id")
        if not doors or base.is_empty():
            return []
        index = base.join(base.table, "id", "crm_knowledge_index", "article_id", "index")
        sought = plan.weigh(query.groups, counts, total)
        rows = self.env.execute_query(
            SQL(
                """
                WITH candidate AS MATERIALIZED (%(candidates)s),
                     said AS MATERIALIZED (
                         -- the numbers are ordered: width_bucket finds one by halving
                         SELECT index.article_id, sought.place, sought.worth
                                * get_byte(index.impacts, width_bucket(number, index.terms) - 1)
                                * CASE WHEN state = 'to_verify' THEN %(unverified)s ELSE 1 END
                                AS worth, sought.is_root
                           FROM candidate
                           JOIN crm_knowledge_index AS index ON index.article_id = candidate.id,
                                unnest(%(places)s::int[], %(numbers)s::int[],
                                       %(worths)s::float[], %(roots)s::bool[])
                                    AS sought (place, number, worth, is_root)
                          WHERE index.terms[width_bucket(number, index.terms)] = number)
              SELECT article_id, SUM(best) AS score,
                     bit_or(CASE WHEN by_root THEN 0 ELSE 1 << place END)
                FROM (SELECT article_id, place, MAX(worth) AS best, bool_and(is_root) AS by_root
                        FROM said GROUP BY article_id, place) AS word
            GROUP BY article_id
            ORDER BY score DESC, article_id DESC
               LIMIT %(limit)s
                """,
                candidates=self._get_candidates(query, doors, base, index),
                unverified=UNVERIFIED,
                places=[one.group for one in sought],
                numbers=[one.key for one in sought],
                worths=[one.worth / TOP for one in sought],
                roots=[one.is_root for one in sought],
                limit=limit,
            )
        )
        places = range(len(query.groups))
        return [
            Hit(article_id, score, frozenset(place for place in places if seen >> place & 1))
            for article_id, score, seen in rows
        ]

    def _get_candidates(self, query, doors, base, index):
        """Return the SELECT of the articles that come in through the doors.

        The rules stand in it once: to plan them for each door takes longer than to search.
        """
        terms = SQL.identifier(index, "terms")
        asked = [
            SQL("%s && %s", terms, SQL.identifier("door", f"word{place}"))
            for place in range(plan.DOOR_WORDS)
        ]
        where = [*([base.where_clause] if base.where_clause else []), *asked]
        where += self._get_limits(query, index)
        rows = [
            # a word that is not asked for is the first one once more
            SQL(", ").join(
                SQL("%s::int[]", list(door[place] if place < len(door) else door[0]))
                for place in range(plan.DOOR_WORDS)
            )
            for door in doors
        ]
        return SQL(
            """
            SELECT DISTINCT entered.id, entered.state
              FROM (VALUES %(rows)s) AS door (%(names)s),
                   LATERAL (SELECT %(id)s AS id, %(state)s AS state
                              FROM %(tables)s WHERE %(where)s LIMIT %(limit)s) AS entered
            """,
            rows=SQL(", ").join(SQL("(%s)", row) for row in rows),
            names=SQL(", ").join(
                SQL.identifier(f"word{place}") for place in range(plan.DOOR_WORDS)
            ),
            id=SQL.identifier(base.table, "id"),
            state=SQL.identifier(base.table, "state"),
            tables=base.from_clause,
            where=SQL(" AND ").join(where),
            limit=plan.DOOR_LIMIT,
        )

    def _get_limits(self, query, index):
        """Return what an article must have and must not have, whatever it is worth."""
        terms, line = SQL.identifier(index, "terms"), SQL.identifier(index, "line")
        return [
            *(SQL("strpos(%s, %s) > 0", line, phrase) for phrase in query.phrases),
            *(
                SQL("NOT %s && %s::int[]", terms, [key(lexeme) for lexeme in word])
                for word in query.unwanted
            ),
            *(SQL("strpos(%s, %s) = 0", line, phrase) for phrase in query.unwanted_phrases),
        ]

    @api.model
    def _correct(self, query, missed, domain):
        """Return the query with other words for those that no article has."""
        groups = list(query.groups)
        for place in missed:
            other = self._get_other_word(groups[place], domain)
            if other:
                groups[place] = instead(groups[place], other, self._get_lexemes())
        return replace(query, groups=tuple(groups))
