from odoo import api, models

from ...logic.priority import LEVELS


class CrmComplaint(models.Model):
    """The priority of a complaint by the matrix of its company."""

    _inherit = "crm.complaint"

    @api.depends("company_id")
    def _compute_priority(self):
        result = super()._compute_priority()
        matrix = self.env["crm.complaint.priority.cell"]._get_matrix()
        for complaint in self:
            levels = (complaint.severity or LEVELS[0], complaint.impact or LEVELS[0])
            common = matrix.get((False, *levels), complaint.priority)
            complaint.priority = matrix.get((complaint.company_id.id, *levels), common)
        return result
