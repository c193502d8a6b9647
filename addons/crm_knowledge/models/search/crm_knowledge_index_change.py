from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from ...logic.ranking import EVERYTHING, key

BATCH = 2000  # the same words stand in most articles: many at once write each of them once
EVERYTHING_KEY = key(EVERYTHING)


class CrmKnowledgeIndexChange(models.Model):
    """What a change of articles changes in the statistics, until the job has counted it.

    Rows are only added by those who write articles, and only taken by the job: nobody waits.
    """

    _name = "crm.knowledge.index.change"
    _description = "Change of the Index of Knowledge Articles"
    _log_access = False

    def init(self):
        """Add the columns that no field has: lexemes and words that came, and that went."""
        self.env.cr.execute(
            SQL(
                """
                ALTER TABLE crm_knowledge_index_change
                    ADD COLUMN IF NOT EXISTS keys_more int[] NOT NULL DEFAULT '{}',
                    ADD COLUMN IF NOT EXISTS keys_less int[] NOT NULL DEFAULT '{}',
                    ADD COLUMN IF NOT EXISTS words_more text[] NOT NULL DEFAULT '{}',
                    ADD COLUMN IF NOT EXISTS words_less text[] NOT NULL DEFAULT '{}'
                    """
            )
        )

    @api.model
    def _note(self, changes):
        """Note pairs of what was kept of an article, if anything, and what is kept now."""
        rows = []
        for before, entry in changes:
            keys, words = before or (set(), set())
            new_keys = set(entry.keys) if entry else set()
            new_words = set(entry.vocabulary) if entry else set()
            more, less = new_keys - keys, keys - new_keys
            if entry and not before:
                more.add(EVERYTHING_KEY)
            if before and not entry:
                less.add(EVERYTHING_KEY)
            rows.append([list(more), list(less), list(new_words - words), list(words - new_words)])
        values = [
            SQL("(%s::int[], %s::int[], %s::text[], %s::text[])", *row) for row in rows if any(row)
        ]
        if values:
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO crm_knowledge_index_change
                           (keys_more, keys_less, words_more, words_less)
                    VALUES %s RETURNING id
                    """,
                    SQL(", ").join(values),
                )
            )

    @api.model
    def _count_all(self):
        """Count what was noted, batch by batch."""
        cron = self.env["ir.cron"]
        [(waiting,)] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM crm_knowledge_index_change")
        )
        cron._commit_progress(remaining=waiting)
        while counted := self._count_batch():
            if not cron._commit_progress(counted):
                return

    def _count_batch(self):
        """Count some of what was noted; return how many rows that were."""
        rows = self.env.execute_query(
            SQL(
                """
                DELETE FROM crm_knowledge_index_change
                 WHERE id IN (SELECT id FROM crm_knowledge_index_change ORDER BY id LIMIT %s
                                 FOR UPDATE SKIP LOCKED)
             RETURNING keys_more, keys_less, words_more, words_less
                """,
                BATCH,
            )
        )
        keys, words = Counter(), Counter()
        for keys_more, keys_less, words_more, words_less in rows:
            keys.update(keys_more)
            keys.subtract(keys_less)
            words.update(words_more)
            words.subtract(words_less)
        self.env["crm.knowledge.term"]._count(keys)
        self.env["crm.knowledge.word"]._count(words)
        return len(rows)
