from datetime import date, datetime, timedelta

from .common import NOON, KpiCase

DUE = date(2026, 3, 10)


class TestLate(KpiCase):
    """What is done too late, or not at all, counts on the day on which it was due."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late = cls.measure(
            "late",
            model_id=cls.env["ir.model"]._get_id("mail.activity"),
            date_field="date_deadline",
            late_field="date_done",
            domain="[('res_model', '=', 'crm.lead')]",
        )
        cls.task = cls.lead(cls.employee)

    def activity(self, due=DUE, done=None):
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": self.task.id,
                "user_id": self.employee.id,
                "date_deadline": due,
            }
        )
        if done:
            self.stamp(activity, NOON, date_done=done, active=False)
        return activity

    def test_on_its_day_it_is_not_late(self):
        self.activity()

        self.rebuild(self.late)

        self.assertEqual(self.values(self.late), {})

    def test_done_after_its_day_it_is_late_on_its_day(self):
        self.activity(due=DUE - timedelta(days=5), done=DUE)
        self.activity(due=DUE - timedelta(days=5), done=DUE - timedelta(days=5))

        self.rebuild(self.late)

        found = self.values(self.late, DUE - timedelta(days=5), DUE - timedelta(days=5))
        self.assertEqual(found, {self.employee.id: 1.0})

    def test_time_alone_makes_it_late(self):
        self.activity()
        self.rebuild(self.late)
        self.at(datetime(2026, 3, 11, 1, 5))

        self.refresh(self.late)

        self.assertEqual(self.values(self.late), {self.employee.id: 1.0})

    def test_days_are_those_of_the_company(self):
        self.activity()
        self.rebuild(self.late)
        # in Moscow the eleventh begins at 21:00 UTC
        self.at(datetime(2026, 3, 10, 20, 30))
        self.refresh(self.late)
        before = self.values(self.late)
        self.at(datetime(2026, 3, 10, 21, 30))

        self.refresh(self.late)

        self.assertEqual(before, {})
        self.assertEqual(self.values(self.late), {self.employee.id: 1.0})

    def test_once_done_late_it_stays_where_it_was(self):
        activity = self.activity(due=DUE - timedelta(days=1))
        self.rebuild(self.late)
        self.stamp(activity, datetime(2026, 3, 12, 9), date_done=date(2026, 3, 12), active=False)

        self.refresh(self.late)

        found = self.values(self.late, DUE - timedelta(days=1), DUE - timedelta(days=1))
        self.assertEqual(found, {self.employee.id: 1.0})
