from odoo import api, fields, models
from odoo.exceptions import UserError

from ..case.crm_complaint_stage import CLOSED_KINDS


class CrmComplaintCauseShare(models.Model):
    """A confirmed cause of a complaint, and what part of the complaint it explains.

    The category says what the complainant reported; this is what the investigation found. The
    shares of a complaint sum to 100 % when it is closed as upheld (``crm_complaint_causes.py``),
    so that reports over causes count each complaint once and divide its money.
    """

    _name = "crm.complaint.cause.share"
    _description = "Confirmed Cause of a Complaint"
    _inherit = ["crm.complaint.part"]
    _order = "complaint_id, share_percent desc, id"
    _rec_name = "cause_id"

    cause_id = fields.Many2one(
        "crm.complaint.cause", required=True, index=True, ondelete="restrict"
    )
    share_percent = fields.Float(
        "Share",
        digits=(5, 2),
        required=True,
        default=100.0,
        help="How many percent of the complaint this cause explains. All causes together: 100.",
    )
    note = fields.Char("Proof", help="By what the cause is known: a record, a test, a witness.")
    user_id = fields.Many2one(
        "res.users",
        "Confirmed by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="complaint_id.company_id")
    category_id = fields.Many2one(related="complaint_id.category_id")
    product_id = fields.Many2one(related="complaint_id.product_id")
    date_received = fields.Datetime(related="complaint_id.date_received")

    _cause_unique = models.Constraint(
        "UNIQUE (complaint_id, cause_id)",
        "A cause stands only once on a complaint. Add its shares up.",
    )
    _share_range = models.Constraint(
        "CHECK (share_percent > 0 AND share_percent <= 100)",
        "The share of a cause is more than 0 and at most 100 percent.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        author = {"user_id": self.env.uid}
        shares = super().create([{**vals, **author} for vals in vals_list])
        shares._check_not_ended()
        return shares

    def write(self, vals):
        self._check_not_ended()
        result = super().write({**vals, "user_id": self.env.uid})
        self._check_not_ended()  # of the complaint they may have been moved to
        return result

    def unlink(self):
        self._check_not_ended()
        return super().unlink()

    def _check_not_ended(self):
        """Refuse to change the causes of a case that has ended: figures were taken from them.

        A manager may, to bring in history; reopening the case is the way for all others.
        """
        if self.env.su or self.env.user.has_group("crm_complaints.group_manager"):
            return
        ended = self.complaint_id.filtered(lambda complaint: complaint.state in CLOSED_KINDS)
        if ended:
            raise UserError(
                self.env._(
                    "“%(complaint)s” has ended: its causes are part of the figures. Reopen it to"
                    " change them.",
                    complaint=ended[0].display_name,
                )
            )
