from odoo import models
from odoo.exceptions import UserError


class CrmKpiResult(models.Model):
    """From a closed result to its explanation."""

    _inherit = "crm.kpi.result"

    def action_explain(self):
        self.ensure_one()
        self.check_access("read")
        if not self.user_id:
            raise UserError(self.env._("Scores of employees are explained, line by line."))
        return self.card_id._explain(self.user_id, self.date_from)
