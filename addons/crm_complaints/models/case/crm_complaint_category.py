from odoo import api, fields, models

from ...logic.priority import LEVELS

LEVEL_NAMES = dict(zip(LEVELS, ("Low", "Medium", "High", "Critical"), strict=True))
LEVEL_CHOICES = list(LEVEL_NAMES.items())


class CrmComplaintCategory(models.Model):
    """What a complaint is about, as a tree: delivery, quality, conduct of an employee."""

    _name = "crm.complaint.category"
    _description = "Category of Complaints"
    _inherit = ["crm.complaint.tree"]

    parent_id = fields.Many2one(
        "crm.complaint.category", "Part of", index="btree_not_null", ondelete="restrict"
    )
    child_ids = fields.One2many("crm.complaint.category", "parent_id", "Parts")
    team_id = fields.Many2one("crm.team", help="New complaints of this category go to this team.")
    severity = fields.Selection(
        LEVEL_CHOICES, help="How bad such a complaint usually is. It can be changed on each."
    )
    is_confidential = fields.Boolean(
        "Confidential",
        help="Complaints of this category are seen only by whoever is responsible, by those who"
        " are named on them, and by the managers of complaints.",
    )

    @api.model
    def _get_complaint_uses(self):
        return [*super()._get_complaint_uses(), ("crm.complaint", "category_id")]
