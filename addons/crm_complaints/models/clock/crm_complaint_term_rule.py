from odoo import api, fields, models

from ...logic.terms import ACKNOWLEDGEMENT, EARLY_RESOLUTION, FIRST_ANSWER, NEXT_ANSWER, RESOLUTION
from ..case.crm_complaint_remedy import REMEDY_KINDS

TERM_KINDS = [
    (ACKNOWLEDGEMENT, "Acknowledgement"),
    (FIRST_ANSWER, "First answer"),
    (NEXT_ANSWER, "Next answer"),
    (EARLY_RESOLUTION, "Early resolution"),
    (RESOLUTION, "Final answer"),
]


class CrmComplaintTermRule(models.Model):
    """A legal term: what has to be done until when, for which remedy and circumstance.

    The policy holds the days, whether they are calendar or working days, and the article. Of
    several rules that apply, the one that is due first counts.
    """

    _name = "crm.complaint.term.rule"
    _description = "Legal Term of Complaints"
    _inherit = ["crm.complaint.term.source"]
    _order = "jurisdiction_id, sequence, id"
    _rec_name = "policy_id"

    sequence = fields.Integer(default=10)
    jurisdiction_id = fields.Many2one(
        "crm.complaint.jurisdiction", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        TERM_KINDS, "Term for", required=True, default=RESOLUTION, help="What has to be done."
    )
    remedy_kind = fields.Selection(
        REMEDY_KINDS, "Remedy Demanded", help="Only if this is demanded. Empty: whatever it is."
    )
    circumstance_id = fields.Many2one(
        "crm.complaint.circumstance",
        index="btree_not_null",
        ondelete="restrict",
        help="Only under this circumstance. The rule then takes the place of those without one.",
    )
    policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Term",
        required=True,
        index=True,
        ondelete="restrict",
        help="How many days of which kind, and the article they stand in.",
    )
    display = fields.Char(related="policy_id.display")
    source = fields.Text("Article", related="policy_id.source")
    can_pause = fields.Boolean(
        "Waits for the Customer",
        help="Whether the law lets the term stand still while the customer has been asked.",
    )
    is_renewed = fields.Boolean(
        "Begins Anew",
        default=True,
        help="Whether the term begins anew when a case goes on that was answered: the customer"
        " demands it once more. A demand that was never answered is owed since it was made,"
        " whatever stands here.",
    )

    @api.depends("policy_id")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.policy_id.display_name
