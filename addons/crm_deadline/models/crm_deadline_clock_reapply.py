from odoo import fields, models
from odoo.exceptions import UserError

from ..logic import clock as logic
from ..logic.working_time import NoWorkingTime
from .schedules import Schedules


class CrmDeadlineClock(models.Model):
    """Applying the current version of a policy to clocks that count by an older one.

    The clock is counted anew as if the version had been in force from its start, pauses and all.
    One that would be late by it is due at that moment, not before anybody could know.
    """

    _inherit = "crm.deadline.clock"

    def _reapply(self, reason=None):
        """Count the running and paused clocks by the current version; the ledger says so."""
        clocks = self.sudo()  # sudo: as all moves of the ledger
        schedules = Schedules()
        now = fields.Datetime.now()
        entries = []
        for clock in clocks:
            entries += clock._apply_version(now, reason, schedules)
        self.env["crm.deadline.event"].sudo()._sealed_create(entries)  # sudo: as above
        clocks._plan_ladder()
        told = clocks.filtered(lambda clock: self._is_told(clock.res_model, "_deadline_moved"))
        told._tell("_deadline_moved")

    def _switch(self, policy, reason=None):
        """Count the running and paused clocks by another policy, as ``_reapply`` does.

        For a process that finds that other terms apply to a record: what it was promised by
        stands in the ledger. A clock that is late already stays late by the policy it had.

        :return: the clocks that count by ``policy`` now
        """
        now = fields.Datetime.now()
        clocks = self.filtered(
            lambda clock: (
                clock.state == logic.PAUSED
                or (clock.state == logic.RUNNING and clock.date_due >= now)
            )
        )
        # sudo: as all moves of the ledger
        clocks.sudo()._sealed_write({"policy_id": policy.id})
        clocks._reapply(reason)
        return clocks

    def _apply_version(self, now, reason, schedules):
        """Apply the current version to one clock; return the values of its ledger entries."""
        self.ensure_one()
        event = self._get_reapply_event(now, schedules)
        state, steps = self._get_state(), logic.expand(self._get_state(), event)
        if event not in steps:  # it is late by the old version, and stays so
            state = self._apply(state, steps[0], None)
            self._store(state, steps[0], None)
            return [self._prepare_event(steps[0], None, state.due)]
        state = self._count_anew(state, event, schedules)
        version = self.policy_id.version_id
        names = ("term_amount", "term_unit", "day_count", "warning_amount")
        self._sealed_write(
            {
                **{name: version[name] for name in names},
                "version_id": version.id,
                "calendar_id": self._get_new_calendar().id,
            }
        )
        self._store(state, event, event.basis.schedule)
        return [self._prepare_event(event, reason, state.due)]

    def _get_new_calendar(self):
        """Return the working hours by which the clock would count if it started today."""
        self.ensure_one()
        return self.policy_id._get_calendar(self.company_id)

    def _get_reapply_event(self, now, schedules):
        """Return the ledger entry by which the current version would be applied."""
        self.ensure_one()
        term = self.policy_id._get_term()
        schedule = schedules.get(self._get_new_calendar(), self.company_id, term)
        return logic.Event(logic.REAPPLY, now.replace(microsecond=0), logic.Basis(term, schedule))

    def _count_anew(self, state, event, schedules):
        """Return the state after another version is applied, or raise why it cannot be."""
        self.ensure_one()
        pauses = logic.pauses_of(self._get_events(schedules))
        try:
            return logic.apply(state, event, self._get_term(), None, pauses)
        except logic.TransitionError as error:
            raise self._transition_error(error) from error
        except NoWorkingTime as error:
            raise self.policy_id._no_working_time_error(self._get_new_calendar()) from error

    def _preview_reapply(self):
        """Return what the current version would make of each clock, writing nothing.

        :return: a list of (clock, due time then, whether it would be late at once, error text);
            a clock that is late by its own version keeps its due time
        """
        schedules, now, found = Schedules(), fields.Datetime.now(), []
        for clock in self.sudo():  # sudo: as all moves of the ledger
            event, state = clock._get_reapply_event(now, schedules), clock._get_state()
            due, is_late, problem = state.due, False, False
            if event in logic.expand(state, event):
                try:
                    after = clock._count_anew(state, event, schedules)
                except UserError as error:
                    problem = str(error)
                else:
                    due = after.due
                    is_late = after.left == 0 or (after.left is None and due <= event.date)
            else:
                is_late = True
            found.append((clock.sudo(self.env.su), due, is_late, problem))
        return found
