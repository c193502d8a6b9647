from odoo import fields, models

from ..models.decision.crm_complaint_decision_point import POINT_OUTCOMES


class CrmComplaintDecisionTakeLine(models.TransientModel):
    """One point of a complaint that is decided."""

    _name = "crm.complaint.decision.take.line"
    _description = "Decide about a Point"

    take_id = fields.Many2one(
        "crm.complaint.decision.take", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char("Point", required=True)
    outcome = fields.Selection(POINT_OUTCOMES, "Decision", required=True)
    reasons = fields.Text()
