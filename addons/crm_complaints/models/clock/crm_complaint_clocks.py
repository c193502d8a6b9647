from odoo import models

from ...logic.terms import (
    ACKNOWLEDGEMENT,
    EARLY_RESOLUTION,
    FIRST_ANSWER,
    NEXT_ANSWER,
    RESOLUTION,
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
        """Promise a final answer anew where one was given and the case goes on."""
        clocks = self.env["crm.deadline.clock"].search(
            [*self._deadline_domain(), ("kind", "=", RESOLUTION)]
        )
        settled = {
            clock.res_id for clock in clocks if clock.state in ("met", "missed", "cancelled")
        }
        pending = {clock.res_id for clock in clocks if not clock.date_end}
        reopened = self.filtered(lambda c: c.id in settled - pending)
        reopened._start_promise(now)

    def _start_promise(self, now):
        """Start the company's own term for a final answer; the law's ran from the receipt."""
        choices = self._choose_terms() if self else {}
        self._start_chosen(
            [
                (complaint, RESOLUTION, choices[complaint.id][RESOLUTION], now)
                for complaint in self
                if RESOLUTION in choices[complaint.id]
            ],
            self.env._("the case goes on"),
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
