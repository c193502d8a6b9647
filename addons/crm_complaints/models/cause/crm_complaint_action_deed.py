from odoo import api, fields, models
from odoo.exceptions import UserError

from .crm_complaint_action import OPEN_STATES, STATES

#: The clock of an action, from the plan to its end.
CLOCK = "crm_complaints.action"
#: Where a person may move an action from where. Whether it was effective is found by the job.
MOVES = {
    "planned": {"doing", "done", "cancelled"},
    "doing": {"planned", "done", "cancelled"},
    "done": {"doing", "cancelled"},
    "effective": {"doing"},
    "cancelled": {"planned"},
}
#: Written by deeds and by the job only.
FACTS = frozenset({"date_deadline", "date_done", "date_check", "reopen_count", "reopen_reason"})


class CrmComplaintAction(models.Model):
    """How an action moves from its plan to its proof, and the clock that goes with it."""

    _inherit = "crm.complaint.action"

    state = fields.Selection(
        STATES,
        required=True,
        default="planned",
        copy=False,
        tracking=True,
        group_expand=True,
        help="Carried out: waits for the check of its effect. Effective: the complaints fell.",
    )
    date_deadline = fields.Datetime(
        "Due",
        readonly=True,
        index=True,
        copy=False,
        help="By when it is to be carried out, by its term.",
    )
    date_done = fields.Datetime("Carried Out on", readonly=True, copy=False, tracking=True)
    reopen_count = fields.Integer("Reopened", readonly=True, copy=False)
    reopen_reason = fields.Text("Why It Was Reopened", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_facts(vals)
            if vals.get("state", "planned") not in OPEN_STATES:
                raise self._move_error()
        actions = super().create(vals_list)
        actions._start_clocks()
        return actions

    def write(self, vals):
        self._check_facts(vals)
        target = vals.get("state")
        moved = self.filtered(lambda action: target and action.state != target)
        for action in moved:
            if target not in MOVES[action.state]:
                raise self._move_error()
        before = {action.id: action.state for action in moved}
        result = super().write(vals)
        moved._follow_state(before)
        if "policy_id" in vals:
            self.filtered(lambda action: action.state in OPEN_STATES)._restart_clocks()
        return result

    def _check_facts(self, vals):
        if facts := FACTS & vals.keys():
            labels = [self._fields[name]._description_string(self.env) for name in sorted(facts)]
            raise UserError(
                self.env._(
                    "%(fields)s: the system sets this itself. Leave it out.",
                    fields=", ".join(labels),
                )
            )

    def _move_error(self):
        return UserError(
            self.env._(
                "An action is planned, in work, carried out or cancelled. Whether it was effective"
                " is found by the check of its effect, and by nobody else."
            )
        )

    def _write_facts(self, vals):
        """Set dates and verdicts. For the deeds of this model and its job only."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

    def _follow_state(self, before):
        """Do what follows from a move: dates, the clock, the plan of the check.

        :param before: the state each had, by its id
        """
        now = fields.Datetime.now()
        for action in self:
            if action.state == "done":
                action._check_can_finish()
                action._write_facts({"date_done": now})
                action._deadline_open([CLOCK])._stop()
            elif action.state == "cancelled":
                action._deadline_open([CLOCK])._cancel(self.env._("Not to be done any more."))
            elif before[action.id] not in OPEN_STATES:
                action._write_facts({"date_done": False})
                action._start_clocks()
        self._plan_checks()

    def _check_can_finish(self):
        """Refuse to finish what nobody could judge afterwards."""
        self.ensure_one()
        if not (self.result or "").strip():
            raise UserError(
                self.env._(
                    "“%(action)s”: enter under “Result” what was done before it is carried out.",
                    action=self.name,
                )
            )
        if self.check_days and not (self.cause_id or self.product_id or self.about_user_id):
            raise UserError(
                self.env._(
                    "“%(action)s”: choose the cause, the product or the employee whose complaints"
                    " should fall, or set the window to 0 to go without a check.",
                    action=self.name,
                )
            )

    def _start_clocks(self):
        """Start the clock of each action that has a term, and note when it is due."""
        # sudo: the clock is started by the process, whatever the planner may do with policies
        for policy, actions in self.sudo().grouped("policy_id").items():
            if not policy:
                actions._write_facts({"date_deadline": False})
                continue
            actions._deadline_moved(actions._deadline_start(policy, CLOCK))

    def _deadline_moved(self, clocks):
        """Note on the actions when they are due."""
        result = super()._deadline_moved(clocks)
        for clock in clocks.filtered(lambda clock: clock.kind == CLOCK):
            self.browse(clock.res_id)._write_facts({"date_deadline": clock.date_due})
        return result

    def _restart_clocks(self):
        """Begin anew by another term, from now."""
        self._deadline_open([CLOCK])._cancel(self.env._("Another term was chosen."))
        self._start_clocks()

    def action_start(self):
        """Take the actions into work."""
        self.write({"state": "doing"})

    def action_finish(self):
        """Mark the actions as carried out; their effect is checked when its time has come."""
        self.write({"state": "done"})

    def action_cancel(self):
        """Cancel the actions."""
        self.write({"state": "cancelled"})

    def action_replan(self):
        """Take actions that ended back into the plan."""
        for action in self:
            action.state = "planned" if action.state == "cancelled" else "doing"
