import logging

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ...logic.ranking import VERSION, Entry, make_entry
from ...morphology import lexemes, missing_libraries

_logger = logging.getLogger(__name__)
BATCH = 200


class CrmKnowledgeIndex(models.Model):
    """What of each article is searched: the numbers of its lexemes, and what each says about it.

    One row an article, written in the transaction that changes the article, so that the next
    query finds it. Statistics of all articles are not written there: two people who save would
    wait for each other. What has changed is noted (``crm.knowledge.index.change``) and counted by
    a job. Nobody has access: articles are found through ``crm.knowledge.article``, by its rules.
    """

    _name = "crm.knowledge.index"
    _description = "Index of Knowledge Articles"
    _log_access = False
    _rec_name = "article_id"

    article_id = fields.Many2one("crm.knowledge.article", required=True, ondelete="cascade")
    signature = fields.Char(help="By which rules and libraries the article was read.")
    line = fields.Text(help="All words of the article, as they are compared: for phrases.")

    _article_uniq = models.UniqueIndex("(article_id)")

    def init(self):
        """Add the columns that no field has, and the index search goes by."""
        self.env.cr.execute(
            SQL(
                """
                ALTER TABLE crm_knowledge_index
                    ADD COLUMN IF NOT EXISTS terms int[] NOT NULL DEFAULT '{}',
                    ADD COLUMN IF NOT EXISTS impacts bytea NOT NULL DEFAULT '',
                    ADD COLUMN IF NOT EXISTS titles tsvector NOT NULL DEFAULT '';
                -- the numbers stay in the row: read one by one from elsewhere they cost ten times
                -- as much; the words, which only phrases ask for, do not
                ALTER TABLE crm_knowledge_index
                    RESET (toast_tuple_target),
                    ALTER COLUMN terms SET STORAGE MAIN, ALTER COLUMN impacts SET STORAGE MAIN;
                CREATE INDEX IF NOT EXISTS crm_knowledge_index_terms
                    ON crm_knowledge_index USING gin (terms) WITH (fastupdate = off);
                CREATE INDEX IF NOT EXISTS crm_knowledge_index_titles
                    ON crm_knowledge_index USING gin (titles) WITH (fastupdate = off)
                    """
            )
        )

    @api.model
    def _get_signature(self):
        """Return by which rules and libraries articles are read here.

        When a library is installed later, articles are read anew by the job.
        """
        return ".".join([str(VERSION), *missing_libraries()])

    @api.model
    def _index(self, articles):
        """Read articles and keep what is searched of them."""
        articles = articles.exists()
        if not articles:
            return
        entries = {
            article_id: (self._read(article_id, texts), texts["A"])
            for article_id, texts in articles._get_search_texts().items()
        }
        before = self._get_kept(entries)
        self._keep(entries)
        self.env["crm.knowledge.index.change"]._note(
            [(before.get(article_id), entry) for article_id, (entry, _title) in entries.items()]
        )

    def _read(self, article_id, texts):
        """Return what is searched of one article; nothing where its text cannot be read.

        An article that breaks the reader is noted, and stops no other one.
        """
        lang = (texts.get("lang") or "")[:2]
        languages = (lang,) if lang and lang not in ("ru", "en") else ()
        try:
            return make_entry(
                {weight: texts.get(weight) or "" for weight in "ABCD"},
                lambda word: lexemes(word, languages),
            )
        except Exception:  # pylint: disable=broad-except; one bad text stops no other
            _logger.exception("Knowledge article %s cannot be read for the search", article_id)
            return Entry((), b"", " ", frozenset())

    def _get_kept(self, article_ids):
        """Return the lexemes and the words that are kept of articles, by article."""
        rows = self.env.execute_query(
            SQL(
                "SELECT article_id, terms, line FROM crm_knowledge_index"
                " WHERE article_id = ANY(%s)",
                list(article_ids),
            )
        )
        return {
            article_id: (set(terms), {word for word in (line or "").split() if word.isalpha()})
            for article_id, terms, line in rows
        }

    def _keep(self, entries):
        """Write what is kept of articles, in one statement."""
        signature = self._get_signature()
        rows = [
            SQL(
                "(%s, %s, %s, %s::int[], %s, array_to_tsvector(%s::text[]))",
                article_id,
                signature,
                entry.line,
                list(entry.keys),
                entry.impacts,
                sorted({word for word in entry.line.partition("|")[0].split() if word}),
            )
            for article_id, (entry, _title) in entries.items()
        ]
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_knowledge_index
                       (article_id, signature, line, terms, impacts, titles)
                VALUES %s
                ON CONFLICT (article_id) DO UPDATE
                   SET signature = EXCLUDED.signature, line = EXCLUDED.line,
                       terms = EXCLUDED.terms, impacts = EXCLUDED.impacts,
                       titles = EXCLUDED.titles
             RETURNING id
                """,
                SQL(", ").join(rows),
            )
        )

    @api.model
    def _cron_index(self):
        """Read all articles that were read by other rules or not at all, then count.

        Goes on where it stopped: what is read has the signature of today.
        """
        cron = self.env["ir.cron"]
        unread = self._get_unread()
        cron._commit_progress(remaining=len(unread))
        for batch in split_every(BATCH, unread.ids, unread.browse):
            self._index(batch)
            if not cron._commit_progress(len(batch)):
                return
        self.env["crm.knowledge.index.change"]._count_all()

    def _get_unread(self):
        """Return the articles to be read.

        All at once: asked again after each batch, the same rows would be joined over and over.
        """
        found = SQL("SELECT article.id %s ORDER BY article.id", self._unread())
        rows = self.env.execute_query(found)
        # sudo: the index holds all articles; who searches sees by the rules of articles
        return self.env["crm.knowledge.article"].sudo().browse(id_ for (id_,) in rows)

    def _unread(self):
        # a subselect, no join: before PostgreSQL has counted the rows of a large import it may
        # choose to read one table from end to end for each row of the other
        return SQL(
            """
              FROM crm_knowledge_article article
             WHERE (SELECT signature FROM crm_knowledge_index WHERE article_id = article.id)
                   IS DISTINCT FROM %s
            """,
            self._get_signature(),
        )
