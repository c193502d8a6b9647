from odoo import fields, models

from ..case.crm_complaint import OUTCOMES

#: How a single point may end: only the whole complaint is withdrawn.
POINT_OUTCOMES = OUTCOMES[:3]


class CrmComplaintDecisionPoint(models.Model):
    """One point of a complaint, and what was decided about it."""

    _name = "crm.complaint.decision.point"
    _description = "Decision on a Point"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "id"

    decision_id = fields.Many2one(
        "crm.complaint.decision", required=True, readonly=True, index=True, ondelete="cascade"
    )
    name = fields.Char("Point", required=True, readonly=True)
    outcome = fields.Selection(POINT_OUTCOMES, required=True, readonly=True)
    reasons = fields.Text(readonly=True)
