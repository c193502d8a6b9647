from odoo import api, fields, models


class CrmComplaintTag(models.Model):
    """A free mark on complaints."""

    _name = "crm.complaint.tag"
    _description = "Tag of Complaints"
    _inherit = ["crm.complaint.catalogue"]

    color = fields.Integer()

    _name_unique = models.Constraint("unique(name)", "There is already a tag of this name.")

    @api.model
    def _get_complaint_uses(self):
        return [*super()._get_complaint_uses(), ("crm.complaint", "tag_ids")]
