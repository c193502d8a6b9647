from odoo import api, fields, models
from odoo.exceptions import UserError

#: What a stage means for the figures and the clocks, whatever a company calls it.
KINDS = [
    ("new", "New"),
    ("open", "In Work"),
    ("waiting", "Waiting for the Customer"),
    ("answered", "Answered"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
CLOSED_KINDS = ("closed", "cancelled")
OPEN_KINDS = ("new", "open", "waiting", "answered")


class CrmComplaintStage(models.Model):
    """A stage of the handling. Companies name stages as they like; the kind says what one means."""

    _name = "crm.complaint.stage"
    _description = "Stage of Complaints"
    _inherit = ["crm.complaint.catalogue"]
    _order = "sequence, id"
    _fold_name = "is_folded"

    is_folded = fields.Boolean(
        "Folded on the Board", help="The column is folded when it holds no complaint."
    )
    kind = fields.Selection(
        KINDS,
        "Meaning",
        required=True,
        default="open",
        help="What it means that a complaint stands here: reports and deadlines go by it.",
    )
    is_closed = fields.Boolean("Ends the Case", compute="_compute_is_closed", store=True)
    guidance = fields.Text(
        translate=True, help="What to do in this stage. Shown on the complaint's form."
    )
    team_ids = fields.Many2many(
        "crm.team", string="Teams", help="Only for these teams. Empty: for all."
    )

    @api.depends("kind")
    def _compute_is_closed(self):
        for stage in self:
            stage.is_closed = stage.kind in CLOSED_KINDS

    def write(self, vals):
        changed = self.filtered(lambda stage: stage.kind != vals.get("kind", stage.kind))
        # sudo: complaints out of sight count as well
        complaints = self.env["crm.complaint"].sudo().with_context(active_test=False)
        used = complaints.search([("stage_id", "in", changed.ids)], limit=1).stage_id
        if used:
            raise UserError(
                self.env._(
                    "Complaints stand in “%(stage)s”: another meaning would change their state and"
                    " figures unseen. Create another stage and move them there.",
                    stage=used.name,
                )
            )
        return super().write(vals)

    @api.model
    def _get_complaint_uses(self):
        return [
            *super()._get_complaint_uses(),
            ("crm.complaint", "stage_id"),
            ("crm.complaint.move", "stage_from_id"),
            ("crm.complaint.move", "stage_to_id"),
        ]

    @api.model
    def _get_first(self, team=None):
        """Return the stage where a new complaint of ``team`` (a ``crm.team``) begins."""
        teams = [False, *(team.ids if team else [])]
        return self.search([("team_ids", "in", teams), ("kind", "=", "new")], limit=1) or (
            self.search([("team_ids", "in", teams)], limit=1)
        )
