from odoo import models


class CrmLead(models.Model):
    """A lead's owner is noticed at the moment it changes, not only by the next look."""

    _inherit = "crm.lead"

    def write(self, vals):
        if "user_id" not in vals:
            return super().write(vals)
        engine = self.env["crm.kpi.engine"].sudo()  # the log is kept whoever writes
        engine._look_at(self)
        result = super().write(vals)
        engine._look_at(self)
        return result
