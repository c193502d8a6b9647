from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

#: How many deadlines one preview shows; the others come in the next one.
LINES = 500


class CrmDeadlineReapply(models.TransientModel):
    """Applies the current version of a policy to deadlines counted by an older one.

    First it shows what would change. It changes only what the user chooses, and only deadlines of
    documents he may read.
    """

    _name = "crm.deadline.reapply"
    _description = "Apply the Current Version of a Policy"

    policy_id = fields.Many2one(
        "crm.deadline.policy", required=True, readonly=True, ondelete="cascade"
    )
    display = fields.Char(related="policy_id.display")
    reason = fields.Char(help="Stands in the ledger of each deadline.")
    line_ids = fields.One2many(
        "crm.deadline.reapply.line",
        "wizard_id",
        "Deadlines",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    has_late = fields.Boolean(
        "Late Ones Too",
        help="Applying to all also counts those anew that would be late at once.",
    )
    line_count = fields.Integer("Shown", compute="_compute_counts")
    clock_count = fields.Integer("By Older Versions", related="policy_id.old_clock_count")
    late_count = fields.Integer("Late at Once", compute="_compute_counts")

    @api.depends("policy_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear(), *wizard._prepare_lines()]

    @api.depends("line_ids.is_chosen", "line_ids.is_late")
    def _compute_counts(self):
        for wizard in self:
            wizard.line_count = len(wizard.line_ids)
            late = wizard.line_ids.filtered(lambda line: line.is_chosen and line.is_late)
            wizard.late_count = len(late)

    def _prepare_lines(self):
        """Return the commands of the preview, the deadlines due first on top."""
        self.ensure_one()
        clocks = self.env["crm.deadline.clock"].search(
            self.policy_id._old_clock_domain(), limit=LINES, order="date_due, id"
        )
        return [
            Command.create(
                {
                    "clock_id": clock.id,
                    "date_due_old": clock.date_due,
                    "date_due_new": due,
                    "is_late": is_late,
                    "problem": problem,
                    # who would be late at once is not made so by an oversight
                    "is_chosen": not is_late and not problem,
                }
            )
            for clock, due, is_late, problem in clocks._preview_reapply()
        ]

    def action_apply(self):
        """Apply the version to the chosen deadlines."""
        self.ensure_one()
        self._check_manager()
        clocks = self.line_ids.filtered("is_chosen").clock_id
        if not clocks:
            raise UserError(self.env._("Choose at least one deadline."))
        clocks.check_access("read")
        # a line may have been written by its creator; what counts is the policy's own deadlines
        clocks = clocks.filtered_domain(self.policy_id._old_clock_domain())
        clocks._reapply(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def action_apply_all(self):
        """Order the version to be applied to all open deadlines, shown or not."""
        self.ensure_one()
        self._check_manager()
        self.env["crm.deadline.reapply.job"]._order_for(self.policy_id, self.reason, self.has_late)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "All open deadlines of this policy are counted anew in the background. The"
                    " page “Applied to All” of the policy says how far it is."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_manager(self):
        if not self.env.user.has_group("crm_deadline.group_manager"):
            raise AccessError(self.env._("Only managers of deadlines apply a policy anew."))
