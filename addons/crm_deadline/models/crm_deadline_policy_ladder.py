from odoo import api, fields, models
from odoo.tools import SQL

from ..logic import ladder as logic
from ..logic.term import Term


class CrmDeadlinePolicy(models.Model):
    """The ladder of a policy: who is told what, as a deadline nears and passes."""

    _inherit = "crm.deadline.policy"

    step_ids = fields.One2many(
        "crm.deadline.step",
        "policy_id",
        "Ladder",
        copy=True,
        help="Reminders before the due time, and whom to tell when it has passed.",
    )
    step_count = fields.Integer("Steps", compute="_compute_step_count")

    @api.depends("step_ids")
    def _compute_step_count(self):
        for policy in self:
            policy.step_count = len(policy.step_ids)

    def _first_step(self, start, due, calendar, company, schedules):
        """Return when the first step of a new clock is due, None without one."""
        self.ensure_one()
        steps = self.step_ids._get_logic()
        dates = self._step_dates(steps, start, due, calendar, company, schedules)
        return logic.look(steps, dates, (), start, is_missed=False).next

    @api.model
    def _step_dates(self, steps, start, due, calendar, company, schedules):
        """Return the moments of steps by their ids, for a clock with these dates and hours."""
        at_due = Term(1, "calendar_minutes")
        return {
            step.id: logic.step_date(
                step, start, due, schedules.get(calendar, company, step.distance or at_due)
            )
            for step in steps
        }

    def _look_again(self):
        """Have the next sweep look at the ladder of all open clocks, because it has changed."""
        clocks = self.env["crm.deadline.clock"]
        clocks.flush_model(["policy_id", "state", "date_end", "date_next_step"])
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_deadline_clock SET date_next_step = %s
                 WHERE policy_id = ANY(%s) AND date_end IS NULL AND state IN ('running', 'missed')
             RETURNING id
                """,
                fields.Datetime.now(),
                self.ids,
            )
        )
        clocks.invalidate_model(["date_next_step"])
