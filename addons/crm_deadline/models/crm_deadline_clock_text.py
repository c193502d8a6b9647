from odoo import api, fields, models

from ..logic import clock as logic
from ..logic.segments import paused_sizes, segments
from .deadline_text import format_amount, format_moment, format_size
from .schedules import Schedules


class CrmDeadlineClock(models.Model):
    """A deadline in one sentence: term, start, calendar, pauses with their reasons, result."""

    _inherit = "crm.deadline.clock"

    deadline_summary = fields.Text("Explanation", compute="_compute_deadline_summary")

    @api.depends("state", "date_due", "date_end", "date_last", "version_id", "event_ids")
    @api.depends_context("lang", "tz", "uid")
    def _compute_deadline_summary(self):
        schedules = Schedules()
        for clock in self:
            parts = [clock._explain_term(), *clock._explain_pauses(schedules)]
            clock.deadline_summary = self.env._(
                "%(term)s: %(result)s", term=", ".join(parts), result=clock._explain_state()
            )

    def _explain_term(self):
        """Return "8 working hours from Mon 2 Mar 2026 09:00 by the calendar Standard 40 h"."""
        self.ensure_one()
        values = {
            "term": format_amount(self.env, self.term_amount, self.term_unit),
            "start": format_moment(self.env, self.date_start),
        }
        if not self.calendar_id or not self._get_term().is_working:
            return self.env._("%(term)s from %(start)s", **values)
        # sudo: the name of the working hours explains the deadline to whoever may see it
        calendar = self.sudo().calendar_id.name
        return self.env._(
            "%(term)s from %(start)s by the calendar %(calendar)s", calendar=calendar, **values
        )

    def _explain_pauses(self, schedules):
        """Return a part for each reason: "paused 1 h 20 min while waiting for the customer"."""
        self.ensure_one()
        events = self.event_ids.sorted("id")
        if logic.PAUSE not in events.mapped("kind"):
            return []
        parts = segments(self._get_events(schedules))
        term = self._get_term()
        sizes = {}
        for cause, size in paused_sizes(parts, term, schedules.of(self)).items():
            reason = events[cause].reason or ""
            sizes[reason] = sizes.get(reason, 0) + size
        return [self._explain_pause(reason, size, term) for reason, size in sizes.items()]

    def _explain_pause(self, reason, size, term):
        """Return how long the clock was paused for one reason."""
        time = format_size(self.env, size, term)
        if not reason:
            return self.env._("paused %(time)s", time=time)
        return self.env._("paused %(time)s while %(reason)s", time=time, reason=reason)

    def _explain_state(self):
        """Return what the state means for the due time, such as "due Tue 3 Mar 2026 10:20"."""
        self.ensure_one()
        due = format_moment(self.env, self.date_due)
        end = self.date_end and format_moment(self.env, self.date_end)
        if self.state == logic.MET:
            return self.env._("due %(due)s, met %(end)s", due=due, end=end)
        if self.state == logic.CANCELLED:
            return self.env._("due %(due)s, cancelled %(end)s", due=due, end=end)
        if self.state == logic.MISSED and end:
            return self.env._("missed, due %(due)s, ended %(end)s", due=due, end=end)
        if self.state == logic.MISSED:
            return self.env._("missed, due %(due)s", due=due)
        if self.state == logic.PAUSED:
            since = format_moment(self.env, self._paused_since())
            left = format_size(self.env, self.size_left, self._get_term())
            return self.env._("paused since %(since)s with %(left)s left", since=since, left=left)
        return self.env._("due %(due)s", due=due)

    def _paused_since(self):
        """Return when the pause began that lasts. An assignment or a new term ends none."""
        self.ensure_one()
        pauses = self.event_ids.filtered(lambda event: event.kind == logic.PAUSE)
        return pauses.sorted("id")[-1:].date
