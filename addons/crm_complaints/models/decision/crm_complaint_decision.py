from odoo import fields, models

from ...way import WAYS
from ..case.crm_complaint import OUTCOMES


class CrmComplaintDecision(models.Model):
    """What was decided about a complaint, by whom, when and why. For ever.

    A later decision, as that of a second instance, stands beside the earlier one. Written by the
    complaint only (``crm_complaint_deciding``).
    """

    _name = "crm.complaint.decision"
    _description = "Decision on a Complaint"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "outcome"

    date = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Decided by", required=True, readonly=True, index=True, ondelete="restrict"
    )
    way = fields.Selection(WAYS, "Came by", required=True, readonly=True)
    outcome = fields.Selection(
        [*OUTCOMES, ("taken_back", "Taken back")], required=True, readonly=True
    )
    reasons = fields.Html(readonly=True, help="As the complainant reads them in the answer.")
    point_ids = fields.One2many(
        "crm.complaint.decision.point", "decision_id", "Points", readonly=True
    )

    def _note_points(self, points):
        """Put the points of these decisions on record, and return the decisions."""
        self.env["crm.complaint.decision.point"]._sealed_create(
            [
                {
                    "complaint_id": decision.complaint_id.id,
                    "decision_id": decision.id,
                    "name": point["name"],
                    "outcome": point["outcome"],
                    "reasons": point.get("reasons") or False,
                }
                for decision in self
                for point in points
            ]
        )
        return self
