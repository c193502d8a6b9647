from odoo import fields, models
from odoo.exceptions import UserError

from ...logic.terms import WAITING, both, within
from ...way import AUTOMATION, by_way
from ..case.crm_complaint_stage import CLOSED_KINDS


class CrmComplaint(models.Model):
    """Waiting for the customer: the promise stands still until he writes, the law goes on.

    A stage that means waiting, or the button, begins it. His message ends it at its own date.
    """

    _inherit = "crm.complaint"

    date_waiting = fields.Datetime(
        "Waiting Since",
        readonly=True,
        copy=False,
        help="Since when we wait for the complainant. His next message ends it.",
    )

    def write(self, vals):
        if "date_waiting" in vals:
            raise self._facts_error({"date_waiting"})
        return super().write(vals)

    def _follow_moves(self, now):
        result = super()._follow_moves(now)
        waiting = self.filtered(lambda complaint: complaint.state == "waiting")
        waiting._begin_waiting(now)
        (self - waiting)._end_waiting(now)
        return result

    def action_wait(self):
        """Let the promises stand still: the complainant has been asked something."""
        self.check_access("write")
        closed = self.filtered(lambda complaint: complaint.state in CLOSED_KINDS)
        if closed:
            raise UserError(
                self.env._(
                    "“%(complaint)s” has ended: there is nothing to wait for.",
                    complaint=closed[0].display_name,
                )
            )
        # sudo: the clocks and their dates are the system's to write
        self.sudo()._begin_waiting(fields.Datetime.now())

    def action_stop_waiting(self):
        """Count on, though the complainant has not written."""
        self.check_access("write")
        now = fields.Datetime.now()
        complaints = self.sudo()  # sudo: as above
        complaints._end_waiting(now)
        complaints._leave_waiting_stage()

    def _begin_waiting(self, now):
        fresh = self.filtered(lambda complaint: not complaint.date_waiting)
        fresh._write_facts({"date_waiting": now})
        fresh._pause_clocks()
        fresh.task_ids._pause_work()

    def _end_waiting(self, date):
        """Count on from ``date``, but not from before the waiting began."""
        waiting = self.filtered("date_waiting")
        waiting._write_facts({"date_waiting": False})
        paused = waiting._deadline_open().filtered(lambda clock: clock.state == "paused")
        now = fields.Datetime.now()
        paused._resume({clock.id: within(date, clock.date_last, now) for clock in paused})
        waiting.task_ids._resume_work(date)

    def _pause_clocks(self):
        """Pause the running clocks of these complaints that the law or promise lets wait."""
        clocks = self._deadline_open(both(*WAITING)) if self else self.env["crm.deadline.clock"]
        may_wait = self._get_waiting_kinds()
        running = clocks.filtered(
            lambda clock: clock.state == "running" and clock.kind in may_wait[clock.res_id]
        )
        running._pause(self.env._("waiting for the customer"))

    def _get_waiting_kinds(self):
        """Return the kinds of clock that may stand still, by the id of the complaint."""
        may_wait = {}
        # the newest judgement of a kind comes first
        for term in self.term_ids.sorted("id", reverse=True):
            may_wait.setdefault(term.complaint_id.id, {}).setdefault(term.kind, term.can_pause)
        return {c.id: {k for k, can in may_wait.get(c.id, {}).items() if can} for c in self}

    def _leave_waiting_stage(self):
        """Move back to where the case stood before it waited, as far as the process lets it."""
        for complaint in self.filtered(lambda complaint: complaint.state == "waiting"):
            stage = complaint.move_ids.sorted("id")[-1:].stage_from_id
            if not stage or not stage.active or stage.kind not in ("new", "open"):
                continue
            try:
                with self.env.cr.savepoint(), by_way(AUTOMATION):
                    complaint.stage_id = stage
            except UserError:
                continue  # a person moves it; the clocks run whatever the stage says
