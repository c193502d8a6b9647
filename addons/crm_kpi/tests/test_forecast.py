from datetime import date, datetime

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import KpiCase

#: A Monday: 10 of the 22 working days of March 2026 have passed.
TODAY = date(2026, 3, 16)


class ForecastCase(KpiCase):
    """A funnel of two steps; the employee has won 300 in March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.kpi.funnel"].search([]).action_archive()
        cls.new = cls.measure("flow_new")
        won = {"domain": "[('won_status', '=', 'won')]", "date_field": "date_closed"}
        cls.won = cls.measure("flow_won", **won)
        cls.amount = cls.measure(
            "flow_amount", aggregate="sum", value_field="expected_revenue", unit="money", **won
        )
        cls.result = cls.indicator("flow_result", measure_id=cls.amount.id)
        cls.measures = cls.new | cls.won | cls.amount
        cls.funnel = cls.env["crm.kpi.funnel"].create(
            {
                "name": "Test funnel",
                "indicator_id": cls.result.id,
                "worth": 100,
                "has_seasons": False,
                "step_ids": [
                    Command.create({"measure_id": cls.new.id, "rate_percent": 50, "sequence": 1}),
                    Command.create({"measure_id": cls.won.id, "sequence": 2}),
                ],
            }
        )

    def setUp(self):
        super().setUp()
        for _number in range(3):
            self.win(self.lead(self.employee, datetime(2026, 3, 5, 9), amount=100))
        self.rebuild(self.measures)

    def today(self):
        return fields.Date.context_today(self.funnel)

    def draw(self, day=TODAY, user=None):
        user = user or self.employee
        return self.funnel._draw("person", day, [(user.id,)])[(user.id,)]

    def kept(self):
        return self.env["crm.kpi.forecast"].search([("funnel_id", "=", self.funnel.id)])


class TestForecast(ForecastCase):
    """The forecast against plan and reference funnel."""

    def test_the_pace_counts_working_days(self):
        drawn = self.draw()

        # 10 days of 22
        self.assertAlmostEqual(drawn.expected.by_pace, 660)

    def test_work_in_hand_counts_by_its_chances(self):
        lead = self.lead(self.employee, amount=1000, date_deadline=date(2026, 3, 25))
        lead.probability = 40
        overdue = self.lead(self.employee, amount=1000, date_deadline=date(2026, 3, 1))
        overdue.probability = 40
        self.env.flush_all()

        self.assertAlmostEqual(self.draw().expected.by_work, 300 + 400)

    def test_a_short_step_is_named_with_what_makes_up_for_it(self):
        self.target(self.result, self.employee, target=2200)

        new, won = self.draw().needs

        # 22 sales of 100, hence 44 new ones: 20 of them by today
        self.assertEqual((won.whole, new.whole), (22, 44))
        self.assertAlmostEqual(new.now, 20)
        self.assertAlmostEqual(new.missing, 17)

    def test_a_days_forecast_is_kept_once_for_all_who_have_a_plan(self):
        self.target(self.result, self.employee, target=2200)

        self.funnel._keep(TODAY)
        self.funnel._keep(TODAY)

        own = self.kept().filtered("user_id")
        self.assertEqual(own.user_id, self.employee)
        self.assertTrue(own.is_below)
        self.assertEqual(len(self.kept()), 2)  # and the company

    def test_forecasts_are_compared_with_what_came_out(self):
        self.target(self.result, self.employee, target=2200)
        self.funnel._keep(TODAY)
        self.win(self.lead(self.employee, datetime(2026, 3, 30, 9), amount=300))
        self.rebuild(self.measures)

        self.funnel._settle(date(2026, 4, 1))

        own = self.kept().filtered("user_id")
        self.assertEqual((own.actual, own.is_settled), (600, True))
        self.assertLess(own.accuracy, 100)

    def test_a_mean_is_that_of_forecasts_which_have_the_figure(self):
        self.target(self.result, self.employee, target=2200)
        self.funnel._keep(TODAY)
        own = self.kept().filtered("user_id")
        own._settle_one(600)

        found = self.env["crm.kpi.forecast"]._read_group(
            [("funnel_id", "=", self.funnel.id)],
            [],
            ["plan:avg", "actual:avg", "accuracy:avg", "__count"],
        )

        # the company has no plan, and is not compared yet
        self.assertEqual(found, [(2200, 600, own.accuracy, 2)])

    def test_the_company_that_is_named_is_that_of_the_funnel(self):
        other = self.env["res.company"].create({"name": "Other company of KPI"})
        foreign = self._make_team("Foreign Team", company_id=other.id)
        self.manager.company_ids |= other
        funnels = self.env["crm.kpi.funnel"].with_user(self.manager)
        both = [other.id, self.company.id]

        page = funnels.with_context(allowed_company_ids=both).get_page(self.funnel.id)

        names = {subject["id"]: subject["name"] for subject in page["subjects"]}
        self.assertEqual(names["company"], self.company.name)
        self.assertNotIn(f"team-{foreign.id}", names)
        self.assertIn(f"team-{self.team.id}", names)

    def test_a_forecast_below_plan_is_an_incident_at_once(self):
        self.target(self.result, self.employee, target=2200)
        self.funnel._keep(TODAY)
        watch = self.env["crm.kpi.watch"].create(
            {"name": "Below", "kind": "forecast", "limit": 100, "funnel_id": self.funnel.id}
        )

        watch._find(TODAY)

        self.assertEqual(watch.incident_ids.user_id, self.employee)
        self.assertEqual(watch.incident_ids.limit_value, 2200)

    def test_t1_everybody_sees_who_he_may_see(self):
        def seen(user):
            page = self.env["crm.kpi.funnel"].with_user(user).get_page(self.funnel.id)
            return {subject["id"] for subject in page["subjects"]}

        own = {f"person-{self.employee.id}"}
        self.assertEqual(seen(self.employee), own)
        self.assertEqual(
            seen(self.leader), own | {f"person-{self.leader.id}", f"team-{self.team.id}"}
        )
        self.assertIn("company", seen(self.manager))

    def test_t1_nobody_asks_for_somebody_else(self):
        funnels = self.env["crm.kpi.funnel"].with_user(self.employee)

        for subject in ("company", f"person-{self.colleague.id}", "garbage", 7, ["x"]):
            with self.subTest(subject=subject), self.assertRaises(UserError):
                funnels.get_page(self.funnel.id, subject)
        with self.assertRaises(AccessError):
            self.env["crm.kpi.funnel"].with_user(self.outsider).get_page()

    def test_t1_nobody_writes_a_forecast(self):
        self.funnel._keep(TODAY)

        with self.assertRaises(AccessError):
            self.kept().with_user(self.manager).sudo().write({"expected": 1})
