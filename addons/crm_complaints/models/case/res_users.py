from odoo import models


class ResUsers(models.Model):
    """A new superior is shut out of confidential complaints about his people."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if "deadline_superior_id" in vals:
            self.env["crm.complaint"]._shut_out_leaders(self.deadline_superior_id)
        return result
