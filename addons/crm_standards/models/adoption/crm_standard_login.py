from odoo import api, fields, models
from odoo.tools import SQL


class CrmStandardLogin(models.Model):
    """Log-ins until they are counted: core keeps only the last one of each person."""

    _name = "crm.standard.login"
    _description = "Log-in, Not Counted Yet"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    date = fields.Datetime(required=True, readonly=True)

    _user_date_index = models.Index("(user_id, date)")

    @api.model
    def _note(self) -> None:
        """Note that the user has logged in: one row, so that no log-in waits for another."""
        self.env.execute_query(
            SQL(
                "INSERT INTO crm_standard_login (user_id, date) VALUES (%s, %s) RETURNING id",
                self.env.uid,
                self.env.cr.now(),
            )
        )
