from odoo import api, fields, models
from odoo.tools import SQL

from ...logic.ranking import key
from ...logic.typo import MIN_WORD, rests


class CrmKnowledgeWord(models.Model):
    """A word that stands in articles, filed so that it is found by a typo of it.

    Counted by a job, some minutes behind. Nobody has access: who may read no article that has the
    word must not learn that it is there.
    """

    _name = "crm.knowledge.word"
    _description = "Word of Knowledge Articles"
    _log_access = False
    _rec_name = "word"

    word = fields.Char(required=True)
    articles = fields.Integer(required=True, help="In how many articles it stands.")

    _word_uniq = models.UniqueIndex("(word)")

    def init(self):
        """Add the column that no field has: what is left of the word when letters are dropped."""
        self.env.cr.execute(
            SQL(
                """
                ALTER TABLE crm_knowledge_word
                    ADD COLUMN IF NOT EXISTS rests int[] NOT NULL DEFAULT '{}';
                CREATE INDEX IF NOT EXISTS crm_knowledge_word_rests
                    ON crm_knowledge_word USING gin (rests);
                -- room in each page, so that a new count does not file the word anew
                ALTER TABLE crm_knowledge_word SET (fillfactor = 60)
                    """
            )
        )

    @api.model
    def _count(self, changes):
        """Add to the counts; a word that no article has any more goes."""
        changed = {
            word: change for word, change in changes.items() if change and len(word) >= MIN_WORD
        }
        if not changed:
            return
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_knowledge_word AS known
                   SET articles = known.articles + change.number
                  FROM unnest(%s::text[], %s::int[]) AS change (word, number)
                 WHERE known.word = change.word
             RETURNING known.word
                """,
                list(changed),
                list(changed.values()),
            )
        )
        new = changed.keys() - {word for (word,) in rows}
        values = [
            SQL("(%s, %s, %s::int[])", word, changed[word], [key(rest) for rest in rests(word)])
            for word in sorted(new)
            if changed[word] > 0
        ]
        if values:
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO crm_knowledge_word (word, articles, rests) VALUES %s
                        ON CONFLICT (word) DO UPDATE
                       SET articles = crm_knowledge_word.articles + EXCLUDED.articles
                 RETURNING id
                    """,
                    SQL(", ").join(values),
                )
            )
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_knowledge_word WHERE articles <= 0 AND word = ANY(%s)",
                list(changed),
            )
        )
