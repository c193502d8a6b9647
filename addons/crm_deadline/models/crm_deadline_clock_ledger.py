from collections.abc import Mapping

from odoo import fields, models
from odoo.exceptions import UserError

from ..logic import clock as logic
from ..logic.working_time import NoWorkingTime
from .schedules import Schedules


class CrmDeadlineClock(models.Model):
    """How a clock moves. Each move is decided by ``logic.clock`` and written to the ledger.

    The methods are private, take any number of clocks and write in sudo: the right to move a
    clock is the right to do what the clock measures, which the calling process has checked.
    """

    _inherit = "crm.deadline.clock"

    def _pause(self, reason, date=None):
        """Stop counting. A clock found late is missed.

        ``reason`` says what is waited for, in words that follow "while", such as "waiting for
        the customer": the explanation of the deadline quotes it so.
        """
        self._move(logic.PAUSE, date, reason)

    def _resume(self, date=None):
        """Count on: the due time moves so that the time left at the pause is kept."""
        self._move(logic.RESUME, date)

    def _stop(self, date=None):
        """End the clocks, the work being done: met, or missed if the due time has passed."""
        self._move(logic.STOP, date)

    def _cancel(self, reason, date=None):
        """End the clocks without the work: neither met nor, unless it was already, missed."""
        self._move(logic.CANCEL, date, reason)

    def _assign(self, user):
        """Make ``user`` responsible for the open clocks; the change is in the ledger."""
        changed = self.filtered(lambda clock: not clock.date_end and clock.user_id != user)
        changed._move(logic.ASSIGN, None, user.name)
        # sudo: see the class
        changed.sudo()._sealed_write({"user_id": user.id})

    def _move(self, kind, date=None, reason=None):
        """Write an entry of ``kind`` on each clock (and the miss nobody has noted yet).

        ``date`` is a naive UTC datetime, or a mapping of clock ids to such; now by default.
        """
        dates = date if isinstance(date, Mapping) else dict.fromkeys(self.ids, date)
        now = fields.Datetime.now()
        events = {
            clock: logic.Event(kind, (dates.get(clock.id) or now).replace(microsecond=0))
            for clock in self
        }
        self._record(events, reason)

    def _record(self, events, reason=None):
        """Apply one event to each clock, append to the ledger and store the new states."""
        clocks = self.sudo()  # sudo: see the class
        schedules = Schedules()
        entries = []
        for clock in clocks:
            event = events[clock]
            # a miss or an end needs no calendar, so that a broken one cannot hold it up
            schedule = schedules.of(clock) if event.kind in logic.MEASURED else None
            state = clock._get_state()
            for step in logic.expand(state, event):
                state = clock._apply(state, step, schedule)
                why = reason if step is event else None
                entries.append(clock._prepare_event(step, why, state.due))
            clock._store(state, event, schedule)
        self.env["crm.deadline.event"].sudo()._sealed_create(entries)  # sudo: see the class
        if any(event.kind == logic.RESUME for event in events.values()):
            clocks._plan_ladder()

    def _apply(self, state, event, schedule):
        """Return the state after ``event``, or raise the ``UserError`` that says why not."""
        self.ensure_one()
        try:
            return logic.apply(state, event, self._get_term(), schedule)
        except logic.TransitionError as error:
            raise self._transition_error(error) from error
        except NoWorkingTime as error:
            raise self.policy_id._no_working_time_error(self.calendar_id) from error

    def _store(self, state, event, schedule):
        """Write ``state`` to the clock where it differs."""
        self.ensure_one()
        values = {
            "state": state.name,
            "date_due": state.due,
            "date_end": state.end,
            "date_missed": state.missed,
            "date_last": state.last,
            "size_left": state.left or 0,
        }
        if state.name == logic.PAUSED or state.end:
            values["date_next_step"] = False  # no step is taken of a clock that stands
        if event.kind == logic.RESUME or (event.basis and state.name == logic.RUNNING):
            values["date_warning"] = logic.warning_date(
                event.date, state.due, self.warning_amount, self._get_term(), schedule
            )
        changed = {name: new for name, new in values.items() if self[name] != (new or False)}
        if "date_missed" in changed:
            changed["missed_user_id"] = self.user_id.id  # whoever takes it over is not to blame
        self._sealed_write(changed)

    def _prepare_event(self, event, reason, due):
        """Return the values of a ledger entry."""
        self.ensure_one()
        return {
            "clock_id": self.id,
            "kind": event.kind,
            "date": event.date,
            "reason": reason,
            "user_id": self.env.uid,
            "policy_id": self.policy_id.id,
            "version_id": self.version_id.id,
            "calendar_id": self.calendar_id.id,
            "date_due": due,
        }

    def _get_state(self):
        """Return the stored state as the logic knows it."""
        self.ensure_one()
        return logic.State(
            self.state,
            start=self.date_start,
            due=self.date_due,
            last=self.date_last,
            left=self.size_left if self.state == logic.PAUSED else None,
            end=self.date_end or None,
            missed=self.date_missed or None,
        )

    def _get_events(self, schedules=None):
        """Return the ledger as the logic knows it, oldest entry first."""
        self.ensure_one()
        schedules = schedules or Schedules()
        return [
            logic.Event(event.kind, event.date, self._get_basis(event, schedules))
            for event in self.event_ids.sorted("id")
        ]

    def _get_basis(self, event, schedules):
        """Return what the clock counts by from an entry on, None if it is as before."""
        if event.kind != logic.REAPPLY:
            return None
        entry = event.sudo()  # sudo: term and working time are the same for everybody
        term = entry.version_id._get_term()
        return logic.Basis(term, schedules.get(entry.calendar_id, entry.clock_id.company_id, term))

    def _replay(self):
        """Return the state the ledger amounts to by today's calendar, to compare and to audit.

        It equals the stored state as long as nobody has edited the calendar. The due times
        promised at each moment are in the ledger itself.
        """
        self.ensure_one()
        schedules = Schedules()
        start = self.sudo().event_ids.sorted("id")[:1]  # sudo: as in _get_basis
        term = start.version_id._get_term()
        schedule = schedules.get(start.calendar_id, start.clock_id.company_id, term)
        return logic.replay(self._get_events(schedules), term, schedule)

    def _transition_error(self, error):
        """Return the ``UserError`` of an entry that may not follow."""
        self.ensure_one()
        reasons = {
            "closed": self.env._("it has already ended"),
            "not_running": self.env._("it is not running"),
            "not_paused": self.env._("it is not paused"),
            "not_due": self.env._("it is not due yet"),
            "order": self.env._("its last entry has a later date"),
            "start": self.env._("it has already started"),
        }
        kind_field = self.env["crm.deadline.event"]._fields["kind"]
        kinds = dict(kind_field._description_selection(self.env))
        return UserError(
            self.env._(
                'Deadline "%(deadline)s" cannot take the entry "%(entry)s": %(reason)s.',
                deadline=self.display_name,
                entry=kinds[error.event.kind],
                reason=reasons[error.code],
            )
        )
