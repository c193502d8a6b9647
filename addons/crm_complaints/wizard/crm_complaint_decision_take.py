from odoo import api, fields, models

from ..logic.outcome import overall
from ..models.case.crm_complaint import OUTCOMES


class CrmComplaintDecisionTake(models.TransientModel):
    """Asks for the outcome and its reasons, point by point where the complaint has several."""

    _name = "crm.complaint.decision.take"
    _description = "Decide about a Complaint"

    complaint_id = fields.Many2one(
        "crm.complaint", required=True, readonly=True, ondelete="cascade"
    )
    outcome = fields.Selection(
        OUTCOMES, "Decision", compute="_compute_outcome", store=True, readonly=False, required=True
    )
    reasons = fields.Html(help="As the complainant reads them in the answer.")
    line_ids = fields.One2many(
        "crm.complaint.decision.take.line",
        "take_id",
        "Points",
        help="What the complaint says, one by one. Leave it empty if there is only one point.",
    )
    warning = fields.Char(compute="_compute_warning")

    @api.depends("line_ids.outcome")
    def _compute_outcome(self):
        """Follow the points, if there are any."""
        for take in self:
            outcomes = [line.outcome for line in take.line_ids if line.outcome]
            take.outcome = overall(outcomes) or take.outcome

    @api.depends("complaint_id")
    @api.depends_context("uid")
    def _compute_warning(self):
        for take in self:
            earlier = take.complaint_id.decision_id.user_id
            take.warning = earlier == self.env.user and self.env._(
                "You have decided about this complaint before. When the complainant objects,"
                " somebody else should decide."
            )

    def action_decide(self):
        """Decide, with the rights the person has on the complaint."""
        self.ensure_one()
        points = [
            {"name": line.name, "outcome": line.outcome, "reasons": line.reasons}
            for line in self.line_ids
        ]
        # as the user sees it: a link proves no right
        complaint = self.env["crm.complaint"].browse(self.complaint_id.id)
        complaint._decide(self.outcome, self.reasons, points)
        return {"type": "ir.actions.act_window_close"}
