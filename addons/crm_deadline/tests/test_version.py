from freezegun import freeze_time
from psycopg2.errors import ForeignKeyViolation

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import DeadlineCase, at


class TestVersion(DeadlineCase):
    def test_a_policy_begins_with_version_one(self):
        self.assertRecordValues(
            self.policy.version_ids,
            [
                {
                    "number": 1,
                    "term_amount": 8,
                    "term_unit": "working_hours",
                    "calendar_id": self.calendar.id,
                    "date_from": at("2026-03-02 08:00"),
                }
            ],
        )

    def test_an_unused_version_is_kept_in_step(self):
        self.policy.term_amount = 6

        self.assertRecordValues(self.policy.version_ids, [{"number": 1, "term_amount": 6}])

    def test_editing_a_policy_in_use_makes_a_version_valid_from_now(self):
        clock = self._start()
        with freeze_time("2026-03-02 10:00"):
            self.policy.with_user(self.deadline_manager).write(
                {"term_amount": 4, "change_reason": "New service promise"}
            )

        self.assertRecordValues(
            self.policy.version_ids.sorted("number"),
            [
                {"number": 1, "term_amount": 8, "reason": False, "user_id": self.env.uid},
                {
                    "number": 2,
                    "term_amount": 4,
                    "reason": "New service promise",
                    "user_id": self.deadline_manager.id,
                },
            ],
        )
        self.assertEqual(self.policy.version_id.date_from, at("2026-03-02 10:00"))
        self.assertEqual(clock.date_due, at("2026-03-02 17:00"))

    def test_what_decides_no_due_time_makes_no_version(self):
        self._start()

        self.policy.write({"name": "Answer", "source": "Law, art. 5", "term_amount": 8})

        self.assertEqual(len(self.policy.version_ids), 1)

    def test_clock_and_ledger_name_the_version(self):
        first = self._start()
        self.policy.term_amount = 4
        second = self._start(kind="visit")
        first._pause("waiting")

        one, two = self.policy.version_ids.sorted("number")

        self.assertEqual((first.version_id, second.version_id), (one, two))
        self.assertEqual(first.event_ids.version_id, one)
        self.assertEqual(second.event_ids.calendar_id, self.calendar)

    def test_a_policy_of_several_versions_goes_on_from_the_last(self):
        for amount in (6, 4):
            self._start(kind=f"kind {amount}")
            self.policy.term_amount = amount

        self.assertEqual(self.policy.version_ids.mapped("number"), [3, 2, 1])

    def test_a_copied_policy_has_its_own_first_version(self):
        self._start()
        self.policy.term_amount = 4

        copy = self.policy.copy()

        self.assertRecordValues(copy.version_ids, [{"number": 1, "term_amount": 4}])

    def test_a_version_a_clock_names_cannot_go_even_in_the_database(self):
        clock = self._start()

        with self.assertRaises(ForeignKeyViolation), mute_logger("odoo.sql_db"):
            clock.version_id._sealed_unlink()

    def test_nobody_writes_versions(self):
        version = self.policy.version_id
        for deed in (
            lambda: version.sudo().write({"term_amount": 1}),
            lambda: version.sudo().unlink(),
            lambda: self.policy.sudo().write({"version_ids": [Command.delete(version.id)]}),
            lambda: self._policy(version_ids=[Command.create({"number": 7})]),
        ):
            with self.assertRaises(AccessError):
                deed()

    def test_versions_of_another_company_are_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Branch"})
        theirs = self._policy(company_id=company.id).version_id

        self.assertFalse(theirs.with_user(self.deadline_manager).has_access("read"))
        self.assertTrue(self.policy.version_id.with_user(self.employee).has_access("read"))

    def test_deadlines_by_older_versions_are_counted_for_whoever_may_read_them(self):
        self._start(user_id=self.salesman.id)
        self.policy.term_amount = 4
        self._start(kind="new")

        for user, count in [(self.salesman, 1), (self.sales_manager, 1), (self.employee, 0)]:
            with self.subTest(user=user.login):
                self.assertEqual(self.policy.with_user(user).old_clock_count, count)
