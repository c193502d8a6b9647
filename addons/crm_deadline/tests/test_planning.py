from datetime import timedelta
from random import Random

import pytz

from odoo.fields import Command
from odoo.tests import tagged

from ..logic.term import Term
from .common import DeadlineCase, at

ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/Moscow",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
]
ROUNDING = timedelta(seconds=1)  # Odoo adds fractions of hours, and ends a day at 23:59:59.999999


@tagged("crm_deadline_planning")
class TestPlanning(DeadlineCase):
    """Our due times against ``plan_hours`` and ``plan_days`` of Odoo, on random calendars.

    Clock changes of spring and autumn, two-week calendars, lunch breaks, work up to midnight, and
    leaves of hours and of weeks are drawn, for each time zone as often as for the others. Each run
    draws the same.
    """

    def setUp(self):
        super().setUp()
        self.random = Random(19)

    def _random_bounds(self, most):
        quarters = self.random.sample(range(97), 2 * self.random.randint(1, most))
        return [quarter / 4 for quarter in sorted(quarters)]

    def _random_calendars(self, rounds, most=3, leaves=3):
        """Return calendars with as many lines a day and leaves, each zone ``rounds`` times."""
        return self.env["resource.calendar"].create(
            [self._random_calendar_vals(zone, most, leaves) for zone in ZONES * rounds]
        )

    def _random_calendar_vals(self, zone, most, leaves):
        is_two_weeks = self.random.random() < 0.3
        lines = []
        for week in ("0", "1") if is_two_weeks else (False,):
            for day in self.random.sample(range(7), self.random.randint(2, 6)):
                bounds = self._random_bounds(most)
                lines += [
                    {
                        "name": "work",
                        "dayofweek": str(day),
                        "hour_from": start,
                        "hour_to": stop,
                        "week_type": week,
                        "day_period": "morning",
                    }
                    for start, stop in zip(bounds[::2], bounds[1::2], strict=True)
                ]
        return {
            "name": "Random",
            "tz": zone,
            "company_id": False,
            "two_weeks_calendar": is_two_weeks,
            "attendance_ids": [Command.clear(), *map(Command.create, lines)],
            "leave_ids": [Command.create(self._random_leave()) for _number in range(leaves)],
        }

    def _random_moment(self):
        return at("2025-10-01 00:00") + timedelta(seconds=self.random.randrange(200 * 86400))

    def _random_leave(self):
        start = self._random_moment()
        length = timedelta(hours=self.random.choice([1, 5, 24, 72, 400]))
        return {"name": "leave", "date_from": start, "date_to": start + length}

    def _schedule(self, calendar, unit):
        return calendar._get_deadline_schedule(Term(1, unit), self.env.company)

    def test_working_hours_equal_plan_hours(self):
        for number, calendar in enumerate(self._random_calendars(4)):
            schedule = self._schedule(calendar, "working_minutes")
            for _question in range(4):
                start = self._random_moment()
                minutes = self.random.randint(1, 60 * 60)
                core = calendar.plan_hours(
                    minutes / 60, pytz.utc.localize(start), compute_leaves=True
                )
                ours = schedule.plan(start, Term(minutes, "working_minutes"))
                with self.subTest(number=number, tz=calendar.tz, start=start, minutes=minutes):
                    self.assertLessEqual(abs(ours - core.replace(tzinfo=None)), ROUNDING)

    def test_the_night_of_a_clock_change_is_that_of_plan_hours(self):
        """Work begins, goes on and ends in the hour that is skipped or repeated."""
        for zone, saturday in [
            ("Europe/Berlin", "2025-10-25 12:00"),
            ("Europe/Berlin", "2026-03-28 12:00"),
            ("America/New_York", "2025-11-01 12:00"),
            ("America/New_York", "2026-03-07 12:00"),
            ("Australia/Lord_Howe", "2025-10-04 12:00"),
            ("Australia/Lord_Howe", "2026-04-04 12:00"),
        ]:
            for hours in ((1, 1.75), (1.25, 2.5), (2.25, 4), (0.5, 5)):
                calendar = self._calendar("Night", (hours,), days=(6,), tz=zone)
                schedule = self._schedule(calendar, "working_minutes")
                start = at(saturday)
                for minutes in (10, 40, 70, 100):
                    core = calendar.plan_hours(minutes / 60, pytz.utc.localize(start))
                    ours = schedule.plan(start, Term(minutes, "working_minutes"))
                    with self.subTest(zone=zone, start=start, hours=hours, minutes=minutes):
                        self.assertLessEqual(abs(ours - core.replace(tzinfo=None)), ROUNDING)

    def test_elapsed_equals_the_work_hours_count(self):
        for number, calendar in enumerate(self._random_calendars(4)):
            schedule = self._schedule(calendar, "working_minutes")
            start, stop = sorted((self._random_moment(), self._random_moment()))
            core = calendar.get_work_hours_count(start, stop)
            with self.subTest(number=number, tz=calendar.tz, start=start, stop=stop):
                self.assertAlmostEqual(schedule.elapsed(start, stop) / 3600, core, places=4)

    def test_working_days_equal_plan_days_where_a_day_is_one_interval(self):
        for number, calendar in enumerate(self._random_calendars(3, most=1, leaves=0)):
            for _question in range(3):
                self._assert_same_day(calendar, number, is_exact=True)

    def test_working_days_equal_plan_days_by_date(self):
        for number, calendar in enumerate(self._random_calendars(3)):
            for _question in range(3):
                self._assert_same_day(calendar, number, is_exact=False)

    def _assert_same_day(self, calendar, number, *, is_exact):
        start, days = self._random_moment(), self.random.randint(1, 15)
        core = calendar.plan_days(days, pytz.utc.localize(start), compute_leaves=True)
        term = Term(days, "working_days", counts_start_day=True)
        ours = pytz.utc.localize(self._schedule(calendar, "working_days").plan(start, term))
        # Odoo looks 14 days ahead at a time, and takes a day cut by that limit to end there
        is_cut = (core.replace(tzinfo=None) - start) % timedelta(days=14) == timedelta()
        with self.subTest(number=number, tz=calendar.tz, start=start, days=days):
            if is_exact and not is_cut:
                self.assertLessEqual(abs(ours - core), ROUNDING)
            else:
                zone = pytz.timezone(calendar.tz)
                last = (ours - ROUNDING).astimezone(zone).date()
                self.assertEqual(last, (core - ROUNDING).astimezone(zone).date())
                self.assertGreaterEqual(ours + ROUNDING, core)

    def test_plan_days_of_odoo_ends_the_fortnight_at_the_time_of_the_start(self):
        """Asked at 11:30 for 11 working days, core says 11:30 of the last, we say closing time."""
        calendar = self._calendar("No lunch", hours=((9, 18),))
        start = at("2026-03-02 10:30")
        core = calendar.plan_days(11, pytz.utc.localize(start))
        term = Term(11, "working_days", counts_start_day=True)

        ours = self._schedule(calendar, "working_days").plan(start, term)

        self.assertEqual(core.replace(tzinfo=None), at("2026-03-16 10:30"))
        self.assertEqual(ours, at("2026-03-16 17:00"))

    def test_plan_days_of_odoo_ends_a_day_at_its_first_break(self):
        """Asked for 2 working days, core says lunch of the second, we say closing time."""
        start = at("2026-03-02 08:00")
        core = self.calendar.plan_days(2, pytz.utc.localize(start))
        term = Term(2, "working_days", counts_start_day=True)

        ours = self._schedule(self.calendar, "working_days").plan(start, term)

        self.assertEqual(core.replace(tzinfo=None), at("2026-03-03 12:00"))
        self.assertEqual(ours, at("2026-03-03 17:00"))
