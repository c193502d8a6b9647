from odoo import api, fields, models
from odoo.fields import Domain

from ..logic import clock as logic


class CrmDeadlineEvent(models.Model):
    """The ledger of the clocks.

    Append-only: entries are written by the clock's own moves, and nobody changes or deletes
    one. They go with their clock (by the foreign key) when the business record is deleted.
    Who may read a clock may read its ledger, nobody else.
    """

    _name = "crm.deadline.event"
    _description = "Deadline Ledger Entry"
    _inherit = ["crm.deadline.sealed"]
    _order = "clock_id, id"
    _rec_name = "kind"

    clock_id = fields.Many2one(
        "crm.deadline.clock", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            (logic.START, "Started"),
            (logic.PAUSE, "Paused"),
            (logic.RESUME, "Resumed"),
            (logic.STOP, "Done"),
            (logic.MISS, "Missed"),
            (logic.CANCEL, "Cancelled"),
            (logic.ASSIGN, "Assigned"),
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
    date_due = fields.Datetime(
        "Due Then", required=True, readonly=True, help="The due time promised from then on."
    )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            clocks = self.env["crm.deadline.clock"]._search([])
            domain = Domain(domain) & Domain("clock_id", "in", clocks)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or operation != "read" or not any(self._ids):
            return result
        # sudo: only to learn which clock each entry belongs to, whose own check then decides
        clocks = self.sudo().clock_id.sudo(False)
        refused = clocks._check_access("read")
        if not refused:
            return None
        forbidden = self.filtered(lambda event: event.sudo().clock_id in refused[0])
        forbidden.invalidate_recordset(["clock_id"])
        return forbidden, refused[1]
