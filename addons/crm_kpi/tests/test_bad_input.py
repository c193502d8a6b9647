from datetime import date, datetime

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import FIRST, LAST, KpiCase


class TestBadInput(KpiCase):
    """What people enter wrongly, and what the world brings: refused in words, or counted right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.count = cls.measure("leads")
        cls.work = cls.indicator("work", measure_id=cls.count.id)

    def card(self, *weights, **values):
        lines = [
            Command.create({"indicator_id": self.work.id, "weight": weight}) for weight in weights
        ]
        return self.env["crm.kpi.card"].create(
            {
                "name": "Judged",
                "user_ids": [Command.set(self.employee.ids)],
                "line_ids": lines,
                **values,
            }
        )

    def score(self, card):
        return card._get_scores(FIRST)[self.employee]

    def test_an_impossible_condition_is_refused(self):
        for domain in ("[('id', '=', 'no number')]", "[('user_id.nowhere', '=', 1)]", "[(", "7"):
            with (
                self.subTest(domain=domain),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(ValidationError, "Test of wrong"),
                self.env.cr.savepoint(),
            ):
                self.measure("wrong", domain=domain)

    def test_a_condition_nothing_meets_is_nothing_done_and_no_fault(self):
        never = self.measure("never", domain=[("id", "=", False)])
        self.lead(self.employee)

        self.refresh()

        self.assertEqual((never.state, self.values(never)), ("ready", {}))

    def test_a_target_of_nothing_is_met_by_nothing(self):
        late = self.indicator("late", measure_id=self.count.id, direction="less")
        self.target(late, self.employee, target=0, minimum=10)
        card = self.card()
        card.line_ids = [Command.create({"indicator_id": late.id})]
        self.refresh()
        self.assertEqual(self.score(card).score, 100)

        for _number in range(5):
            self.lead(self.employee)
        self.refresh()

        self.assertEqual(self.score(card).score, 50)

    def test_a_target_of_nothing_where_more_is_better_divides_by_nothing(self):
        self.target(self.work, self.employee, target=0)
        card = self.card(1)
        self.refresh()

        self.assertEqual(self.score(card).score, 100)

    def test_negative_weights_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "a weight is 0 or more"):
            self.card(-1)
        with self.assertRaisesRegex(ValidationError, "a weight is 0 or more"):
            self.target(self.work, self.employee, target=3, weight=-1)

    def test_weights_of_nothing_make_no_score_and_no_error(self):
        self.target(self.work, self.employee, target=1)
        card = self.card(0, 0)
        self.refresh()

        self.assertIsNone(self.score(card).score)

    def test_overlapping_periods_of_one_kind_are_refused(self):
        self.target(self.work, self.employee, target=1, date_from="2026-03-20")

        with self.assertRaisesRegex(ValidationError, "there is a target in force"):
            self.target(self.work, self.employee, target=2, date_from="2026-03-02")

    def test_a_month_in_a_quarter_is_judged_by_cards_of_months_only(self):
        self.target(self.work, self.employee, target=1, period="quarter", date_from="2026-01-01")
        self.target(self.work, self.employee, target=4)
        card = self.card(1)
        for _number in range(2):
            self.lead(self.employee)
        self.refresh()

        self.assertEqual(self.score(card).score, 50)

    def test_an_employee_who_changes_team_in_mid_period_counts_for_either(self):
        self.lead(self.employee, at=datetime(2026, 3, 5, 12))
        self.refresh()

        self.at(datetime(2026, 3, 12))
        self.team.crm_team_member_ids.unlink()
        self.env["crm.team.member"].create(
            {"crm_team_id": self.other_team.id, "user_id": self.employee.id}
        )
        self.refresh()
        for day in (20, 21):
            self.lead(self.employee, at=datetime(2026, 3, day, 12))
        self.refresh()

        self.assertEqual(
            self.values(self.count, by=("team_id",)), {self.team.id: 1, self.other_team.id: 2}
        )
        self.assertEqual(self.values(self.count), {self.employee.id: 3})
        self.assertEqual(self.rebuild(self.count), 0)

    def test_days_are_right_on_both_sides_of_a_clock_change(self):
        self.company.resource_calendar_id.tz = "America/New_York"
        # on March 8 the day begins at 5:00 in UTC and ends at 4:00
        moments = {
            datetime(2026, 3, 8, 4, 59): date(2026, 3, 7),
            datetime(2026, 3, 8, 5, 0): date(2026, 3, 8),
            datetime(2026, 3, 9, 3, 59): date(2026, 3, 8),
            datetime(2026, 3, 9, 4, 0): date(2026, 3, 9),
        }
        for moment in moments:
            self.lead(self.employee, at=moment)

        self.refresh()

        facts = self.env["crm.kpi.fact"].search([("measure_id", "=", self.count.id)], order="date")
        self.assertEqual(
            [(fact.date, fact.value_count) for fact in facts],
            [(date(2026, 3, 7), 1), (date(2026, 3, 8), 2), (date(2026, 3, 9), 1)],
        )
        self.assertEqual(self.rebuild(self.count), 0)

    def test_a_night_of_a_clock_change_has_an_hour_less(self):
        self.company.resource_calendar_id.tz = "America/New_York"
        duration = {"aggregate": "duration", "date_field": "date_closed", "unit": "hours"}
        clock, worked = (
            self.measure(code, is_working_time=is_working_time, **duration)
            for code, is_working_time in (("clock", False), ("worked", True))
        )
        # from Friday, 16:00 to Monday, 9:00 in New York: 64 hours, of which two are worked
        lead = self.lead(self.employee, at=datetime(2026, 3, 6, 21))
        self.win(lead, at=datetime(2026, 3, 9, 13))

        self.refresh()

        self.assertAlmostEqual(self.values(clock)[self.employee.id], 64, 3)
        self.assertAlmostEqual(self.values(worked)[self.employee.id], 2, 3)

    def test_a_zone_nobody_knows_is_that_of_greenwich(self):
        self.stamp(self.company.resource_calendar_id, self.clock, tz="Atlantis/Poseidonis")
        self.lead(self.employee, at=datetime(2026, 3, 31, 23, 59))

        self.refresh()

        self.assertEqual(self.values(self.count, LAST, LAST), {self.employee.id: 1})
