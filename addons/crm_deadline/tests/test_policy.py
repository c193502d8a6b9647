from psycopg2.errors import ForeignKeyViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import DeadlineCase, at


class TestPolicy(DeadlineCase):
    def test_the_policy_reads_as_a_sentence(self):
        policy = self._policy(term_amount=3, term_unit="working_days", warning_amount=1)

        self.assertEqual(
            policy.display,
            "3 working days, counted from the next day, by Nine to six, "
            "warning 1 working day before",
        )

    def test_each_unit_has_its_words(self):
        for unit, one, many in [
            ("working_minutes", "1 working minute", "2 working minutes"),
            ("working_hours", "1 working hour", "2 working hours"),
            ("working_days", "1 working day, ", "2 working days, "),
            ("calendar_minutes", "1 minute", "2 minutes"),
            ("calendar_hours", "1 hour", "2 hours"),
            ("calendar_days", "1 calendar day, ", "2 calendar days, "),
        ]:
            for amount, words in ((1, one), (2, many)):
                with self.subTest(unit=unit, amount=amount):
                    policy = self._policy(term_amount=amount, term_unit=unit, day_count="start")
                    self.assertTrue(policy.display.startswith(words), policy.display)

    def test_a_term_is_at_least_one_unit(self):
        with self.assertRaisesRegex(ValidationError, '"First answer": the term is at least one'):
            self.policy.term_amount = 0

    def test_a_warning_is_shorter_than_the_term(self):
        for amount in (8, -1):
            with self.assertRaisesRegex(ValidationError, '"First answer": the warning'):
                self.policy.warning_amount = amount

    def test_due_dates_come_in_the_order_of_the_starts(self):
        starts = [at("2026-03-06 16:00"), at("2026-03-02 08:00"), at("2026-03-06 16:00")]

        due_dates = self.policy._get_due_dates(starts)

        self.assertEqual(
            due_dates, [at("2026-03-09 16:00"), at("2026-03-02 17:00"), at("2026-03-09 16:00")]
        )
        self.assertEqual(self.policy._get_due_dates([]), [])

    def test_a_given_calendar_comes_first(self):
        mornings = self._calendar("Mornings", hours=((9, 11),))

        due_dates = self.policy._get_due_dates([at("2026-03-02 08:00")], calendar=mornings)

        self.assertEqual(due_dates, [at("2026-03-05 10:00")])

    def test_without_a_calendar_the_company_decides(self):
        company = self.env["res.company"].create({"name": "Branch"})
        company.resource_calendar_id = self._calendar("Branch hours", company_id=company.id)
        policy = self._policy(calendar_id=False, company_id=company.id)
        partner = self.env["res.partner"].create({"name": "Customer"})

        clock = self._start(partner, policy)

        self.assertEqual(clock.calendar_id, company.resource_calendar_id)
        self.assertEqual(clock.company_id, company)

    def test_holidays_of_another_company_do_not_count(self):
        company, other = self.env["res.company"].create([{"name": "One"}, {"name": "Two"}])
        policy = self._policy(company_id=company.id)
        monday = {"date_from": at("2026-03-01 23:00"), "date_to": at("2026-03-02 23:00")}
        leaves = self.env["resource.calendar.leaves"]
        leave = leaves.create({"name": "Theirs", **monday})
        leave.company_id = other
        leaves.create({"name": "One person's", "resource_id": self._resource().id, **monday})
        self.assertEqual(policy._get_due_dates([at("2026-03-02 08:00")]), [at("2026-03-02 17:00")])

        leave.company_id = company

        self.assertEqual(policy._get_due_dates([at("2026-03-02 08:00")]), [at("2026-03-03 17:00")])

    def _resource(self):
        return self.env["resource.resource"].create(
            {"name": "Anna", "calendar_id": self.calendar.id}
        )

    def test_a_calendar_without_hours_is_named_with_the_policy(self):
        self.calendar.attendance_ids.unlink()

        message = '"First answer": the working hours "Nine to six" have too little working time'
        with self.assertRaisesRegex(UserError, message):
            self.policy._get_due_dates([at("2026-03-02 08:00")])
        with self.assertRaisesRegex(UserError, message):
            self._start()

    def test_a_clock_whose_calendar_was_emptied_says_so_when_resumed(self):
        clock = self._start()
        clock._pause("Waiting", at("2026-03-02 09:00"))
        self.calendar.attendance_ids.unlink()

        with self.assertRaisesRegex(UserError, '"First answer": the working hours "Nine to six"'):
            clock._resume(at("2026-03-03 09:00"))

    def test_calendar_time_needs_no_working_hours(self):
        self.calendar.attendance_ids.unlink()
        policy = self._policy(term_amount=24, term_unit="calendar_hours")

        self.assertEqual(policy._get_due_dates([at("2026-03-07 08:00")]), [at("2026-03-08 08:00")])

    def test_flexible_hours_lie_around_noon(self):
        self.calendar.write(
            {"schedule_type": "flexible", "hours_per_day": 8, "full_time_required_hours": 20}
        )

        due_dates = self.policy._get_due_dates([at("2026-03-02 00:00"), at("2026-03-04 00:00")])

        # 8, 8 and 4 hours from Monday; on Wednesday 4 hours are left of the week
        self.assertEqual(due_dates, [at("2026-03-02 15:00"), at("2026-03-09 11:00")])

    def test_a_policy_in_use_is_archived_not_deleted(self):
        self._start()

        with self.assertRaisesRegex(UserError, '"First answer" has clocks and cannot be deleted'):
            self.policy.unlink()
        self.policy.action_archive()

        self.assertFalse(self.policy.active)

    def test_working_hours_of_a_clock_cannot_be_deleted(self):
        self._start()
        self.policy.calendar_id = False

        with self.assertRaises(ForeignKeyViolation), mute_logger("odoo.sql_db"):
            self.calendar.unlink()

    def test_who_may_do_what_with_policies(self):
        for user, may in [
            (self.employee, "read"),
            (self.salesman, "read"),
            (self.deadline_manager, "read create write unlink"),
            (self.sales_manager, "read"),
            (self.portal, ""),
        ]:
            for operation in ("read", "create", "write", "unlink"):
                with self.subTest(user=user.login, operation=operation):
                    allowed = self.policy.with_user(user).has_access(operation)
                    self.assertEqual(allowed, operation in may)

    def test_a_company_cannot_count_by_the_hours_of_another(self):
        company, other = self.env["res.company"].create([{"name": "One"}, {"name": "Two"}])
        self.calendar.company_id = other

        with self.assertRaisesRegex(ValidationError, "of One cannot .* hours of Two"):
            self.policy.company_id = company
        self.policy.company_id = other

    def test_a_policy_of_another_company_starts_no_clock(self):
        company = self.env["res.company"].create({"name": "Branch"})
        policy = self._policy(company_id=company.id)
        self.lead.company_id = self.env.company

        with self.assertRaisesRegex(UserError, "First answer"):
            self._start(policy=policy)

    def test_a_policy_of_another_company_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Branch"})
        policy = self._policy(company_id=company.id)

        with self.assertRaises(AccessError):
            policy.with_user(self.deadline_manager).read(["name"])
