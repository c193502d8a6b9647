from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic.snippet import marks, snippet
from ...logic.words import fold, words
from ...morphology import lexemes_as_written
from .crm_knowledge_article_find import LIVE, MAX_HITS, Hit

FIELDS = {"A": "title", "B": "summary", "C": "text", "D": "file"}
MAX_TITLE_WORDS = 8
MAX_TITLES = 300  # that one may read and are ordered: few letters begin thousands of titles


class Sought(dict):
    """Which word of a query a word as it is written is, if any; each is looked at once."""

    def __init__(self, groups, languages):
        super().__init__()
        self._languages = languages
        self._places = {
            lexeme: place for place, group in enumerate(groups) for lexeme in group.lexemes
        }
        self._lexemes = frozenset(self._places)

    def of_code(self, lexemes):
        """Return which word of the query has one of the lexemes."""
        if self._lexemes.isdisjoint(lexemes):
            return None
        return next(self._places[lexeme] for lexeme in lexemes if lexeme in self._places)

    def __missing__(self, written):
        place = self[written] = self.of_code(lexemes_as_written(written, self._languages))
        return place


class CrmKnowledgeArticle(models.Model):
    """What others ask of the search: answers to a question, and titles as one types."""

    _inherit = "crm.knowledge.article"

    @api.model
    @api.readonly
    def search_articles(self, query, limit=20, domain=None):
        """Return the articles that answer a question, best first.

        :param query: what a person would type: words, a question, codes, "a phrase", -unwanted
        :param limit: how many, at most 100
        :param domain: which articles may be found; without one, published articles
        :return: dictionaries with ``id``, ``title``, ``snippet`` (safe HTML: text escaped, found
            words in ``<mark>``), ``score`` (comparable within one answer only), ``reasons`` (a
            list of ``title``, ``summary``, ``text``, ``file``, ``promoted``, ``unverified``), and
            ``corrected``, the query that was answered, where it is another one than was typed
        :raise UserError: when the domain cannot be read
        """
        read = self._read_query(query)
        limit = self._read_limit(limit)
        allowed = self._read_domain(domain)
        if not read.groups:
            return self._answer(read, self._find_titles(read.text, limit, allowed))
        promoted = self.env["crm.knowledge.promotion"]._find(read, allowed)
        found = self._find(read, limit, allowed)
        top = max((hit.score for hit in found.hits), default=0.0) + 1
        first = [Hit(article_id, top, is_promoted=True) for article_id in promoted]
        rest = [hit for hit in found.hits if hit.article_id not in promoted]
        return self._answer(found.query, [*first, *rest][:limit])

    @api.model
    @api.readonly
    def suggest_titles(self, text, limit=10, domain=None):
        """Return ``id`` and ``title`` of articles whose titles have the words typed so far.

        :param text: the last word may be unfinished
        """
        hits = self._find_titles(text, self._read_limit(limit), self._read_domain(domain))
        articles = self.browse(hit.article_id for hit in hits)
        return [{"id": article.id, "title": article.name} for article in articles]

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Offer in a picker what is found by its text, after what is found by its title."""
        found = super().name_search(name, domain, operator, limit)
        room = (limit or MAX_HITS) - len(found)
        if operator != "ilike" or not name or room <= 0:
            return found
        known = [article_id for article_id, _name in found]
        others = Domain(domain or Domain.TRUE) & Domain("id", "not in", known)
        hits = self._find(self._read_query(name), min(room, MAX_HITS), others).hits
        articles = self.browse(hit.article_id for hit in hits)
        return found + [(article.id, article.display_name) for article in articles]

    @api.model
    def _read_limit(self, limit):
        """Return how many are wanted, within what is sensible."""
        is_number = isinstance(limit, int) and not isinstance(limit, bool)
        return min(max(limit, 1), MAX_HITS) if is_number else 20

    @api.model
    def _read_domain(self, domain):
        """Return the domain that was given, or that of published articles."""
        if not domain:
            return Domain("state", "in", LIVE)
        try:
            read = Domain(domain)
            read.validate(self)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UserError(
                self.env._("This is no domain of articles: %(domain)s", domain=str(domain)[:200])
            ) from error
        return read

    @api.model
    def _find_titles(self, text, limit, domain):
        """Return the articles whose titles have all the words, the last one as its beginning."""
        typed = [word.text for word in words(fold(text if isinstance(text, str) else ""))]
        base = self._search(domain, order="id")
        if not typed or base.is_empty():
            return []
        index = base.join(base.table, "id", "crm_knowledge_index", "article_id", "index")
        parts = ["'" + word.replace("'", "''") + "'" for word in typed[-MAX_TITLE_WORDS:]]
        titles = SQL.identifier(index, "titles")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM (SELECT %(id)s AS id, length(%(titles)s) AS words
                                  FROM %(tables)s WHERE %(where)s LIMIT %(most)s) AS found
              ORDER BY words, id LIMIT %(limit)s
                """,
                id=SQL.identifier(base.table, "id"),
                titles=titles,
                tables=base.from_clause,
                where=SQL(" AND ").join(
                    [
                        *([base.where_clause] if base.where_clause else []),
                        SQL("%s @@ %s::tsquery", titles, " & ".join(parts) + ":*"),
                    ]
                ),
                most=MAX_TITLES,
                limit=limit,
            )
        )
        return [Hit(article_id, 0.0) for (article_id,) in rows]

    @api.model
    def _answer(self, query, hits):
        """Return hits as the caller gets them, texts read for these alone."""
        # sudo: found under the rules of who searches, a moment ago; to ask them again for the
        # same articles takes as long as the search
        articles = self.sudo().browse(hit.article_id for hit in hits)
        articles.fetch(["state", "name", "summary", "body", "lang"])
        texts = articles._get_search_texts()
        sought = Sought(query.groups, self._get_query_languages())
        corrected = self._get_corrected(query) if hits else ""
        of_code = sought.of_code if any(group.is_code for group in query.groups) else None
        answers = []
        for article, hit in zip(articles, hits, strict=True):
            text = texts[article.id]
            places = {weight: marks(text[weight], sought.__getitem__, of_code) for weight in FIELDS}
            shown = next((weight for weight in "CBDA" if places[weight]), "C")
            reasons = ["promoted"] if hit.is_promoted else []
            reasons += [FIELDS[weight] for weight in FIELDS if places[weight]]
            reasons += ["unverified"] if article.state == "to_verify" else []
            answers.append(
                {
                    "id": article.id,
                    "title": article.name,
                    "snippet": snippet(text[shown], places[shown]),
                    "score": round(hit.score, 3),
                    "reasons": reasons,
                    **({"corrected": corrected} if corrected else {}),
                }
            )
        return answers

    @api.model
    def _get_corrected(self, query):
        """Return the query that was answered where it is another one than was typed."""
        text = fold(query.text)
        for group in query.groups:
            if group.corrected:
                text = text.replace(group.text, group.corrected, 1)
        return text if any(group.corrected for group in query.groups) else ""
