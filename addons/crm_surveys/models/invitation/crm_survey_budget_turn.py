from psycopg2.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

#: Another transaction is at the same rows: nothing is wrong, and the next run does it.
PASSING = (SerializationFailure, DeadlockDetected, LockNotAvailable)


class CrmSurveyBudgetTurn(models.Model):
    """Whose turn it is to decide about a customer: one after the other, whoever decides.

    Odoo's transactions see the database as it was when they began, so that a mere lock would let
    the second one decide by an old picture. Here each decision changes the row of the customer:
    PostgreSQL then refuses whoever began before another's decision was there (a serialization
    failure). Odoo repeats requests that fail so; the job leaves them to its next run.
    """

    _name = "crm.survey.budget.turn"
    _description = "Turn of Deciding"
    _inherit = ["crm.deadline.sealed"]
    _log_access = False

    partner_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="cascade")
    turn = fields.Integer(readonly=True)

    _partner_unique = models.Constraint("UNIQUE(partner_id)", "A customer has one turn.")

    @api.model
    def _take(self, partner_ids):
        """Take the turns of customers, in the order of their ids so that two never block."""
        if not partner_ids:
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_survey_budget_turn AS mine (partner_id, turn)
                SELECT id, 1 FROM unnest(%s) AS id ORDER BY id
           ON CONFLICT (partner_id) DO UPDATE SET turn = mine.turn + 1
             RETURNING id
                """,
                sorted(partner_ids),
            )
        )
        self.invalidate_model()
