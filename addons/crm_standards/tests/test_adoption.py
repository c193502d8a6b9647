from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import StandardsCase
from .entry_common import EntryCase

DAY = date(2026, 3, 10)


class TestAdoption(StandardsCase):
    """What people do in the system is counted by day, once, and compared fairly."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.days = cls.env["crm.standard.adoption"]
        cls.env["res.users"].search([("share", "=", False)]).partner_id.tz = "UTC"
        cls.people = cls.salesman + cls.colleague + cls.leader
        cls.env.flush_all()
        cls.env.execute_query(
            SQL(
                "UPDATE res_users SET create_date = '2025-01-01' WHERE id IN %s RETURNING id",
                cls.people._ids,
            )
        )
        cls.env.invalidate_all()

    def collect(self, day=DAY):
        with freeze_time(datetime.combine(day, datetime.min.time()) + timedelta(days=1, hours=3)):
            self.days._collect(day)

    def row(self, user=None, day=DAY):
        user = user or self.salesman
        return self.days.search([("user_id", "=", user.id), ("date", "=", day)])

    def login(self, *moments, user=None):
        for moment in moments:
            self.env["crm.standard.login"]._sealed_create(
                [{"user_id": (user or self.salesman).id, "date": moment}]
            )

    def test_log_in_is_noted(self):
        self.env["res.users"].with_user(self.salesman)._update_last_login()

        logins = self.env["crm.standard.login"].search([("user_id", "=", self.salesman.id)])
        self.assertEqual(len(logins), 1)

    def test_log_ins_are_counted_by_day(self):
        self.login("2026-03-10 08:15:00", "2026-03-10 17:20:00", "2026-03-11 00:00:00")

        self.collect()

        self.assertRecordValues(
            self.row(),
            [{"login_count": 2, "hour_first": 8, "hour_last": 17, "is_seen": True}],
        )

    def test_day_is_the_persons_own(self):
        self.salesman.tz = "Asia/Vladivostok"  # ten hours before UTC
        self.login("2026-03-09 20:00:00")

        self.collect()

        self.assertRecordValues(self.row(), [{"login_count": 1, "hour_first": 6}])

    def test_unknown_time_zone_stops_nobody(self):
        self.env.execute_query(
            SQL(
                "UPDATE res_partner SET tz = 'Mars/Base' WHERE id = %s RETURNING id",
                self.salesman.partner_id.id,
            )
        )
        self.env.invalidate_all()

        self.collect()

        self.assertTrue(self.row())

    def test_activities_count_as_done_late_and_overdue(self):
        lead = self.lead()
        for done, deadline in (
            ("2026-03-10", "2026-03-10"),
            ("2026-03-10", "2026-03-01"),
            (None, "2026-03-09"),
            ("2026-03-12", "2026-03-09"),
            (None, "2026-03-20"),
        ):
            activity = lead.sudo().activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=deadline, user_id=self.salesman.id
            )
            self.env.flush_all()
            self.env.execute_query(
                SQL(
                    "UPDATE mail_activity SET active = %s, date_done = %s,"
                    " create_date = '2026-03-01' WHERE id = %s RETURNING id",
                    done is None,
                    done,
                    activity.id,
                )
            )

        self.collect()

        self.assertRecordValues(
            self.row(),
            [{"done_count": 2, "late_count": 1, "on_time_percent": 50.0, "overdue_count": 2}],
        )

    def test_counted_twice_is_counted_once(self):
        self.collect()
        self.login("2026-03-10 08:15:00")
        self.collect()

        self.assertRecordValues(self.row(), [{"login_count": 0, "is_seen": False}])

    @freeze_time("2026-03-11 03:00:00")
    def test_missed_days_are_made_up(self):
        self.run_cron("crm_standard_adoption_cron_collect")

        rows = self.days.search([("user_id", "=", self.salesman.id)], order="date")
        self.assertEqual(rows[-1].date, DAY)
        self.assertEqual(len(rows), 35)
        self.assertFalse(self.days._find_missing_days())

    def fill(self, user, usual, recent):
        """Write five weeks of days: deeds a day before, and in the last week."""
        self.days._sealed_create(
            [
                {
                    "date": DAY - timedelta(days=back),
                    "user_id": user.id,
                    "team_id": user.sale_team_id.id,
                    "company_id": user.company_id.id,
                    "is_seen": deeds > 0,
                    "day_seen_count": int(deeds > 0),
                    "deed_count": deeds,
                }
                for back in range(35)
                for deeds in [recent if back < 7 else usual]
            ]
        )
        self.env.flush_all()

    def person(self, user):
        people = self.env["crm.standard.adoption.person"]
        people.invalidate_model()
        return people.search([("user_id", "=", user.id)])

    def test_page_says_in_words_who_is_slipping(self):
        self.fill(self.salesman, usual=10, recent=4)
        self.fill(self.colleague, usual=10, recent=10)

        self.assertIn("4.0 deeds a day", self.person(self.salesman).explanation)
        self.assertFalse(self.person(self.colleague).is_slipping)
        slipping = self.env["crm.standard.adoption.person"].search([("is_slipping", "=", True)])
        self.assertEqual(slipping.user_id & self.people, self.salesman)

    def test_page_writes_figures_as_the_reader_does(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.fill(self.salesman, usual=10, recent=4)

        person = self.person(self.salesman).with_context(lang="ru_RU")

        self.assertIn("Действий в день: 4,0", person.explanation)

    def test_who_is_seen_no_more_is_told_first(self):
        self.fill(self.salesman, usual=10, recent=0)

        self.assertIn("Has not used", self.person(self.salesman).explanation)

    def test_employee_sees_himself_leader_his_team_controller_all(self):
        for user in (self.salesman, self.colleague):
            self.fill(user, usual=10, recent=10)
        for model in ("crm.standard.adoption", "crm.standard.adoption.person"):
            for user, seen in (
                (self.salesman, self.salesman),
                (self.colleague, self.colleague),
                (self.leader, self.salesman),
                (self.controller, self.salesman + self.colleague),
            ):
                with self.subTest(model=model, user=user.login):
                    found = self.env[model].with_user(user).search([]).user_id
                    self.assertEqual(found & self.people, seen)

    def test_t15_other_company_is_not_seen(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.salesman.company_ids += company
        self.salesman.company_id = company
        self.fill(self.salesman, usual=10, recent=10)

        found = self.env["crm.standard.adoption.person"].with_user(self.controller).search([])

        self.assertNotIn(self.salesman, found.user_id)

    def test_t20_days_are_deleted_by_their_retention_only(self):
        self.fill(self.salesman, usual=1, recent=1)
        row = self.row()
        for deed in (row.unlink, lambda: row.write({"deed_count": 9})):
            with self.assertRaises(AccessError):
                deed()

        with freeze_time(DAY + timedelta(days=401)):
            self.days._gc_old_days()

        self.assertFalse(row.exists())


@tagged("post_install", "-at_install")
class TestAdoptionCompleteness(EntryCase):
    """Each person's day says how complete his own contacts and opportunities were."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("user_id", "!=", False)]).user_id = False
        cls.entry_standard(
            cls.line_vals("phone", strength="advise", weight=3),
            cls.line_vals("email", strength="advise", weight=1),
        )
        cls.days = cls.env["crm.standard.adoption"]
        cls.yesterday = date.today() - timedelta(days=1)
        cls.people = cls.salesman + cls.colleague

    def measure(self, day=None):
        return self.days._measure_completeness(self.people, day or self.yesterday)

    def test_completeness_is_the_weighted_share_of_ones_own_records(self):
        self.contact(phone="+1 650 555 0100", email="a@example.com")
        self.contact(email="b@example.com")
        self.contact(user_id=self.colleague.id, phone="+1 650 555 0101")

        self.assertEqual(self.measure(), {self.salesman.id: 62.5, self.colleague.id: 75.0})

    def test_whoever_owns_nothing_is_not_measured(self):
        self.contact(phone="+1 650 555 0100")

        self.assertEqual(self.measure(), {self.salesman.id: 75.0})

    def test_completeness_of_days_long_past_is_not_made_up(self):
        self.contact(phone="+1 650 555 0100")

        self.assertEqual(self.measure(self.yesterday - timedelta(days=1)), {})

    def test_all_people_are_measured_at_once(self):
        for number in range(6):
            self.contact(name=f"Acme {number}", user_id=self.people[number % 2].id)
        self.measure()
        self.env.flush_all()

        with self.assertQueryCount(1):
            self.measure()

    def test_page_shows_the_completeness_of_the_last_day_that_was_counted(self):
        self.contact(phone="+1 650 555 0100")
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE res_users SET create_date = '2025-01-01' WHERE id IN %s RETURNING id",
                self.people._ids,
            )
        )
        self.env.invalidate_all()

        self.days._collect(self.yesterday)

        person = self.env["crm.standard.adoption.person"].browse(self.salesman.id)
        self.assertEqual(person.completeness_percent, 75.0)
