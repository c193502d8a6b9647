import pytz

from odoo import models

from ..logic.calendar import Attendance, Calendar, Leave, to_seconds
from ..logic.working_time import Schedule


class ResourceCalendar(models.Model):
    """Working hours read once into plain values, from which due times are computed."""

    _inherit = "resource.calendar"

    def _get_deadline_schedule(self, term, company):
        """Return the ``Schedule`` by which ``term`` passes.

        A calendar term needs the time zone only; without any calendar it is that of the
        company's address, or UTC. A working term by an empty calendar never passes.
        """
        # sudo: working hours decide a deadline the same way for everybody, whatever companies
        # the user has ticked
        calendar, company = self.sudo(), company.sudo()
        if not term.is_working:
            zone = calendar.tz or company.partner_id.tz or "UTC"
            return Schedule(Calendar.round_the_clock(pytz.timezone(zone)))
        if not calendar:
            return Schedule(Calendar(pytz.utc, ()))
        return Schedule(
            Calendar(
                zone=pytz.timezone(calendar.tz),
                attendances=tuple(sorted(calendar._get_deadline_attendances())),
                leaves=calendar._get_deadline_leaves(calendar.company_id or company),
            )
        )

    def _get_deadline_leaves(self, company):
        """Return the general leaves: of this calendar, and the company's of no calendar.

        Leaves of a single resource do not move a deadline.
        """
        self.ensure_one()
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                "|",
                ("calendar_id", "=", self.id),
                "&",
                ("calendar_id", "=", False),
                ("company_id", "in", (False, company.id)),
            ],
            ["date_from", "date_to"],
        )
        return tuple(
            sorted(
                Leave(to_seconds(leave.date_from), to_seconds(leave.date_to)) for leave in leaves
            )
        )

    def _get_deadline_attendances(self):
        """Return the weekly attendances, without lunch and section lines."""
        self.ensure_one()
        if self.flexible_hours:
            return self._get_deadline_flexible_attendances()
        lines = self.attendance_ids.filtered(
            lambda line: not line.display_type and line.day_period != "lunch"
        )
        return [
            Attendance(
                weekday=int(line.dayofweek),
                minute_from=round(line.hour_from * 60),
                minute_to=round(line.hour_to * 60),
                week=int(line.week_type or 0) if self.two_weeks_calendar else None,
            )
            for line in lines
        ]

    def _get_deadline_flexible_attendances(self):
        """Return daily hours centered on noon, Monday first, until the weekly hours are used.

        Odoo places flexible hours relative to the start of the question, so that the same day
        has other hours depending on who asks. A deadline needs one answer.
        """
        left = round(self.full_time_required_hours * 60)
        daily = min(round(self.hours_per_day * 60), 24 * 60)
        attendances = []
        for weekday in range(7):
            minutes = min(daily, left)
            if minutes > 0:
                begin = 12 * 60 - minutes // 2
                attendances.append(Attendance(weekday, begin, begin + minutes))
                left -= minutes
        return attendances
