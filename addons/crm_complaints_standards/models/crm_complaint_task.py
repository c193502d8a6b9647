from odoo import models


class CrmComplaintTask(models.Model):
    """A task of a complaint that was accepted or done too late may be against a standard."""

    _inherit = "crm.complaint.task"

    def _deadline_missed(self, clocks):
        result = super()._deadline_missed(clocks)
        self.env["crm.standard.violation"]._record_missed(clocks)
        return result
