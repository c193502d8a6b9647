from odoo import api, models


class CrmComplaintRemedy(models.Model):
    """A remedy that was granted is in use."""

    _inherit = "crm.complaint.remedy"

    @api.model
    def _get_complaint_uses(self):
        return [*super()._get_complaint_uses(), ("crm.complaint.compensation", "remedy_id")]
