from odoo import fields, models

from ..logic import clock as logic


class CrmDeadlineEvent(models.Model):
    """The ledger of the clocks.

    Append-only: entries are written by the clock's own moves, and nobody changes or deletes
    one. They go with their clock (by the foreign key) when the business record is deleted.
    """

    _name = "crm.deadline.event"
    _description = "Deadline Ledger Entry"
    _inherit = ["crm.deadline.sealed", "crm.deadline.entry"]
    _order = "clock_id, id"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            (logic.START, "Started"),
            (logic.PAUSE, "Paused"),
            (logic.RESUME, "Resumed"),
            (logic.STOP, "Done"),
            (logic.MISS, "Missed"),
            (logic.CANCEL, "Cancelled"),
            (logic.ASSIGN, "Assigned"),
            (logic.REAPPLY, "Policy applied anew"),
        ],
        "Entry",
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, help="When it happened.")
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    policy_id = fields.Many2one(
        "crm.deadline.policy", required=True, readonly=True, ondelete="restrict"
    )
    version_id = fields.Many2one(
        "crm.deadline.policy.version",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        help="The version of the policy the deadline was counted by from then on.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        readonly=True,
        ondelete="restrict",
        help="The working hours the deadline was counted by from then on.",
    )
    date_due = fields.Datetime(
        "Due Then", required=True, readonly=True, help="The due time promised from then on."
    )
