from odoo import models

from ...logic.restart import Ended, restart
from ...logic.terms import (
    ACKNOWLEDGEMENT,
    EARLY_RESOLUTION,
    FIRST_ANSWER,
    NEXT_ANSWER,
    RESOLUTION,
    bare,
    both,
    within,
)

#: Ended by the final answer, or by closing.
FINAL = both(EARLY_RESOLUTION, RESOLUTION)
#: Ended by our word to the complainant.
ANSWERS = both(ACKNOWLEDGEMENT, FIRST_ANSWER, NEXT_ANSWER)


class CrmComplaint(models.Model):
    """How the clocks follow the stages and the person responsible.

    Cancelling, merging and closing without a word are no success: what was owed then is cancelled.
    """

    _inherit = "crm.complaint"

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            for user, complaints in self.grouped(lambda c: c._deadline_get_user()).items():
                complaints._deadline_open()._assign(user)
        return result

    def _follow_moves(self, now):
        result = super()._follow_moves(now)
        for state, complaints in self.grouped("state").items():
            if state == "cancelled":
                complaints._cancel_clocks(complaints._ended_reason())
            elif state == "closed":
                complaints._end_clocks(FINAL, now)
                complaints._cancel_clocks(complaints._ended_reason())
            elif state == "answered":
                complaints._end_clocks(FINAL, now)
            else:
                complaints._reopen_clocks(now)
        return result

    def _ended_reason(self):
        return self.env._("the case ended in the stage “%(stage)s”", stage=self.stage_id[:1].name)

    def _reopen_clocks(self, now):
        """Count again what is owed where a case goes on: see ``logic/restart.py``."""
        clocks = self.env["crm.deadline.clock"].search(self._deadline_domain(), order="id")
        last = {(clock.res_id, clock.kind): clock for clock in clocks}
        ended = {
            key: clock
            for key, clock in last.items()
            if clock.date_end and (clock.state != "met" or bare(clock.kind) == RESOLUTION)
        }
        concerned = self.browse({complaint_id for complaint_id, _kind in ended})
        choices = concerned._choose_terms() if concerned else {}
        starts = []
        for (complaint_id, kind), clock in ended.items():
            complaint, choice = self.browse(complaint_id), choices[complaint_id].get(kind)
            if choice and (date := complaint._get_restart(clock, choice, now)):
                starts.append((complaint, kind, choice, date))
        self._start_chosen(starts, self.env._("the case goes on"))

    def _get_restart(self, clock, choice, now):
        """Return from when a term counts again whose last deadline has ended; maybe not at all."""
        self.ensure_one()
        return restart(
            Ended(clock.kind, clock.date_start, is_done=clock._is_done()),
            now,
            is_withdrawn=self.outcome == "withdrawn",
            is_renewed=choice.is_renewed,
            is_undone=bool(self.merged_into_id),  # nobody but its undoing moves a merged one
        )

    def _end_clocks(self, kinds, date):
        """The work of these clocks was done at ``date``: met, or missed if it was late."""
        clocks = self._deadline_open(kinds)
        clocks._stop({clock.id: within(date, clock.date_last, date) for clock in clocks})

    def _cancel_clocks(self, reason):
        """Give up what is still owed: the case was withdrawn, merged or closed without a word.

        For whatever ends a case otherwise than by an answer. Never a success.
        """
        self._deadline_open()._cancel(reason)
