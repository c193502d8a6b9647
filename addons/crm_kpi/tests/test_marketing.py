from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError

from .common import NOON, KpiCase


class TestMarketing(KpiCase):
    """What campaigns and sources cost, and what they bring."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["utm.source"].create({"name": "Fair of KPI"})
        cls.campaign = cls.env["utm.campaign"].create({"title": "Spring of KPI"})

    def cost(self, amount, **values):
        return self.env["crm.kpi.cost"].create(
            {
                "name": "Stand",
                "date": date(2026, 3, 5),
                "source_id": self.source.id,
                "amount": amount,
                **values,
            }
        )

    def figures(self, groupby="source_id"):
        self.env.flush_all()
        rows = self.env["crm.kpi.romi"]._read_group(
            [("source_id", "=", self.source.id)],
            [groupby],
            [
                "interest_count:sum",
                "won_count:sum",
                "won_amount:sum",
                "cost_amount:sum",
                "romi:avg",
            ],
        )
        return {row[0]: row[1:] for row in rows}

    def test_the_ratio_of_a_group_is_drawn_from_its_sums(self):
        self.cost(100)
        self.cost(300, date=date(2026, 3, 6))
        lead = self.lead(self.employee, amount=1000, source_id=self.source.id)
        self.lead(self.employee, amount=5000, source_id=self.source.id)
        self.win(lead, NOON)

        # a bridge counts another income: money received
        report = type(self.env["crm.kpi.romi"])
        with patch.object(report, "_get_income", return_value="won_amount"):
            self.assertEqual(self.figures()[self.source], (2, 1, 1000.0, 400.0, 150.0))

    def test_without_costs_there_is_no_ratio(self):
        self.lead(self.employee, source_id=self.source.id)

        self.assertIsNone(self.figures()[self.source][-1] or None)

    def test_a_foreign_cost_counts_by_the_rate_of_its_day(self):
        foreign = self.env["res.currency"].create({"name": "KPX", "symbol": "K"})
        self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "name": date(2026, 3, 1), "rate": 4.0}
        )
        self.cost(400, currency_id=foreign.id)

        self.assertEqual(self.figures()[self.source][3], 100.0)

    def test_a_cost_that_cannot_be_converted_is_refused(self):
        bare = self.env["res.currency"].create({"name": "KPZ", "symbol": "Z"})

        with self.assertRaisesRegex(ValidationError, "has no rate of KPZ"):
            self.cost(400, currency_id=bare.id)

    def test_a_cost_is_for_something(self):
        with self.assertRaisesRegex(ValidationError, "campaign or a source"):
            self.cost(10, source_id=False)

    def test_t1_only_managers_note_costs(self):
        cost = self.cost(10)

        for user in (self.employee, self.leader, self.outsider):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                cost.with_user(user).write({"amount": 1})
        cost.with_user(self.manager).write({"amount": 1})


class TestPresence(KpiCase):
    """That somebody was in the system is kept when core forgets it."""

    def log(self, user, first, last):
        self.env["res.device.log"].create(
            {
                "session_identifier": f"kpi{user.id}",
                "user_id": user.id,
                "first_activity": first,
                "last_activity": last,
            }
        )

    def days(self, user):
        return self.env["crm.kpi.presence"].search([("user_id", "=", user.id)]).mapped("date")

    def test_days_are_noted_once_and_stay(self):
        # 22:00 UTC is the next day in Moscow
        self.log(self.employee, datetime(2026, 3, 10, 8), datetime(2026, 3, 10, 22))
        engine = self.env["crm.kpi.engine"]
        engine._note_presence()
        self.env["res.device.log"].search([("user_id", "=", self.employee.id)]).unlink()

        engine._note_presence()

        self.assertEqual(self.days(self.employee), [date(2026, 3, 11), date(2026, 3, 10)])

    def test_customers_are_not_noted(self):
        self.log(self.customer_user, NOON, NOON)

        self.env["crm.kpi.engine"]._note_presence()

        self.assertEqual(self.days(self.customer_user), [])

    def test_t1_nobody_writes_presence(self):
        self.log(self.employee, NOON, NOON)
        self.env["crm.kpi.engine"]._note_presence()
        row = self.env["crm.kpi.presence"].search([("user_id", "=", self.employee.id)])

        for user in (self.employee, self.leader, self.manager):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                row.with_user(user).write({"date": date(2026, 1, 1)})
