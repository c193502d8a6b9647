from odoo import models


class CrmTeam(models.Model):
    """A new leader is shut out of confidential complaints about the people of the team."""

    _inherit = "crm.team"

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self.env["crm.complaint"]._shut_out_leaders(self.user_id)
        return result
