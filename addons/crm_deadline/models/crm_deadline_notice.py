from odoo import api, fields, models

PENDING = "pending"
DONE = "done"
FAILED = "failed"
DROPPED = "dropped"


class CrmDeadlineNotice(models.Model):
    """A step of the ladder taken for a clock: one row for each person it tells, for good.

    The row is what makes a step happen once. It is inserted together with the look at the ladder,
    under a unique index, and marked as done in the transaction that does what the step says.
    """

    _name = "crm.deadline.notice"
    _description = "Deadline Notice"
    _inherit = ["crm.deadline.sealed", "crm.deadline.entry"]
    _order = "date_step desc, id desc"
    _rec_name = "step_id"

    _once = models.UniqueIndex("(clock_id, step_id, COALESCE(user_id, 0))")
    _try_index = models.Index("(date_try, id) WHERE date_try IS NOT NULL")

    step_id = fields.Many2one(
        "crm.deadline.step", required=True, readonly=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Told",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Empty for a server action, and where nobody was found.",
    )
    absent_user_id = fields.Many2one(
        "res.users",
        "In Place Of",
        readonly=True,
        ondelete="restrict",
        help="Who was away: the person told is the deputy.",
    )
    date_step = fields.Datetime(
        "Moment", required=True, readonly=True, help="When the step was to be taken."
    )
    date_done = fields.Datetime("Taken On", readonly=True)
    state = fields.Selection(
        [
            (PENDING, "To be taken"),
            (DONE, "Taken"),
            (FAILED, "Failed"),
            (DROPPED, "Not needed any more"),
        ],
        required=True,
        readonly=True,
        default=PENDING,
    )
    is_digest = fields.Boolean(
        "In a Digest",
        readonly=True,
        help="Told together with others, because many steps for one person were due at once.",
    )
    error = fields.Text(readonly=True, help="Why it failed. It is tried again by itself.")
    attempt_count = fields.Integer("Attempts", readonly=True, aggregator=None)
    date_try = fields.Datetime("Next Attempt", readonly=True)
    kind = fields.Char(related="clock_id.kind")

    @api.depends("step_id", "user_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for notice in self:
            # sudo: who was told of a deadline, and by which step, is told to who may read it
            notice.display_name = notice.sudo().step_id.display
