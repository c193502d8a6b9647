from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import causes
from .crm_complaint_cause import BRANCHES


class CrmComplaintSuspect(models.Model):
    """A possible cause: what may have gone wrong, on one of the six bones of Ishikawa's drawing.

    It is confirmed or ruled out. Confirming it makes it a cause with a share.
    """

    _name = "crm.complaint.suspect"
    _description = "Possible Cause of a Complaint"
    _inherit = ["crm.complaint.part"]
    _order = "complaint_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(
        "Possible Cause",
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    branch = fields.Selection(
        BRANCHES,
        required=True,
        compute="_compute_branch",
        store=True,
        readonly=False,
        precompute=True,
    )
    cause_id = fields.Many2one(
        "crm.complaint.cause",
        index="btree_not_null",
        ondelete="restrict",
        help="What it is in the catalogue. Needed to confirm it.",
    )
    state = fields.Selection(
        [("open", "Open"), ("confirmed", "Confirmed"), ("excluded", "Ruled Out")],
        required=True,
        default="open",
    )
    note = fields.Char("Proof", help="What speaks for it or rules it out.")

    @api.depends("cause_id")
    def _compute_name(self):
        for suspect in self:
            suspect.name = suspect.name or suspect.cause_id.name

    @api.depends("cause_id.branch")
    def _compute_branch(self):
        for suspect in self:
            suspect.branch = suspect.cause_id.branch or suspect.branch or "method"

    def action_confirm(self):
        """Confirm them, and give each a share of what is not explained yet."""
        for suspect in self:
            if not suspect.cause_id:
                raise UserError(
                    self.env._(
                        "“%(suspect)s”: choose what it is in the catalogue of causes before you"
                        " confirm it.",
                        suspect=suspect.name,
                    )
                )
            suspect.state = "confirmed"
            shares = suspect.complaint_id.cause_share_ids
            if suspect.cause_id in shares.cause_id:
                continue
            rest = 100 - causes.total(shares.mapped("share_percent"))
            shares.create(
                {
                    "complaint_id": suspect.complaint_id.id,
                    "cause_id": suspect.cause_id.id,
                    # nothing left: the least, and the form asks to correct the sum
                    "share_percent": rest if rest > 0 else 1,
                    "note": suspect.note,
                }
            )

    def action_exclude(self):
        """Rule them out."""
        self.state = "excluded"
