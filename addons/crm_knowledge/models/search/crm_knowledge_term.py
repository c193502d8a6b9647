from odoo import api, fields, models
from odoo.tools import SQL

from ...logic.ranking import EVERYTHING, key


class CrmKnowledgeTerm(models.Model):
    """In how many articles each lexeme stands: a rare one says more than a common one.

    Counted by a job, some minutes behind. Nobody has access: a count tells of hidden articles.
    """

    _name = "crm.knowledge.term"
    _description = "Lexeme of Knowledge Articles"
    _log_access = False

    number = fields.Integer(required=True, help="The lexeme, as a number drawn from its letters.")
    articles = fields.Integer(required=True, help="In how many articles it stands.")

    _number_uniq = models.UniqueIndex("(number)")

    @api.model
    def _count(self, changes):
        """Add to the counts; what no article has any more goes."""
        changed = {number: change for number, change in changes.items() if change}
        if not changed:
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_knowledge_term AS term (number, articles)
                SELECT * FROM unnest(%s::int[], %s::int[])
                    ON CONFLICT (number) DO UPDATE
                   SET articles = term.articles + EXCLUDED.articles
             RETURNING id
                """,
                list(changed),
                list(changed.values()),
            )
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_knowledge_term WHERE articles <= 0 AND number = ANY(%s)",
                list(changed),
            )
        )

    @api.model
    def _get_counts(self, numbers):
        """Return in how many articles each lexeme stands, and how many articles there are."""
        everything = key(EVERYTHING)
        rows = self.env.execute_query(
            SQL(
                "SELECT number, articles FROM crm_knowledge_term WHERE number = ANY(%s)",
                [*numbers, everything],
            )
        )
        counts = dict(rows)
        return counts, counts.pop(everything, 0)
