from odoo import models


class CrmLead(models.Model):
    """A lead's owner is noticed at the moment it changes, not only by the next look."""

    _inherit = "crm.lead"

    def write(self, vals):
        if "user_id" not in vals:
            return super().write(vals)
        former = {lead: lead.user_id for lead in self.sudo()}  # the log is kept whoever writes
        result = super().write(vals)
        self.env["crm.kpi.engine"].sudo()._note_stays("user_id", former)  # sudo: as above
        return result
