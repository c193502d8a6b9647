from odoo import fields, models


class CrmComplaintCause(models.Model):
    """Why things go wrong, as a tree. What is confirmed after an investigation, not reported."""

    _name = "crm.complaint.cause"
    _description = "Cause of Complaints"
    _inherit = ["crm.complaint.tree"]

    code = fields.Char(help="Short mark in reports and imports.", index="btree_not_null")
    parent_id = fields.Many2one(
        "crm.complaint.cause", "Part of", index="btree_not_null", ondelete="restrict"
    )
    child_ids = fields.One2many("crm.complaint.cause", "parent_id", "Parts")
