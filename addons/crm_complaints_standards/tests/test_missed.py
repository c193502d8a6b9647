from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FRIDAY, MONDAY, TUESDAY, ComplaintStandardsCase

SWEEP = "odoo.addons.crm_deadline.models.crm_deadline_clock_sweep"
ISOLATION = "odoo.addons.crm_standards.models.common.isolation"


@tagged("post_install", "-at_install")
class TestMissed(ComplaintStandardsCase):
    """Deadlines of complaints that were missed against a standard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls._make_standard(cls.rule_vals())
        cls.rule = cls.law.rule_ids

    def test_a_missed_deadline_is_a_violation_of_who_was_responsible(self):
        clock = self.late(user=self.clerk)

        self.sweep()

        complaint = self.env["crm.complaint"].browse(clock.res_id)
        self.assertRecordValues(
            self.violations(clock),
            [
                {
                    "rule_id": self.rule.id,
                    "standard_id": self.law.id,
                    "version_id": self.law.version_id.id,
                    "user_id": self.clerk.id,
                    "team_id": self.team.id,
                    "company_id": complaint.company_id.id,
                    "effect": "complaint_late",
                    "complaint_number": complaint.number,
                    "complaint_deadline": "resolution",
                    "date_complaint_due": TUESDAY,
                    "origin": "system",
                    "state": "open",
                    "lead_id": False,
                }
            ],
        )

    def test_who_takes_the_case_over_when_it_is_late_is_not_blamed(self):
        clock = self.late(user=self.clerk)
        with freeze_time(TUESDAY + timedelta(hours=1)):
            clock._assign(self.leader)

        self.sweep()

        self.assertEqual(self.violations(clock).user_id, self.clerk)

    def test_the_version_in_force_when_it_was_due_counts(self):
        first, clock = self.law.version_id, self.late()
        self.env.cr._now = FRIDAY
        self.law.description = "<p>New words.</p>"
        self.env.flush_all()

        self.sweep()

        self.assertNotEqual(self.law.version_id, first)
        self.assertEqual(self.violations(clock).version_id, first)

    def test_a_deadline_that_was_kept_is_none(self):
        clock = self.late()
        with freeze_time(MONDAY + timedelta(hours=2)):
            clock._stop()

        self.sweep()

        self.assertFalse(self.violations(clock))

    def test_a_rule_judges_nothing_older_than_itself(self):
        clock = self.late()
        self.rule._restart(FRIDAY)

        self.sweep()

        self.assertFalse(self.violations(clock))

    def test_rules_are_chosen_by_what_they_say(self):
        parent = self.category
        child = self.env["crm.complaint.category"].create(
            {"name": "Part of it", "parent_id": parent.id}
        )
        other = self.env["crm.complaint.category"].create({"name": "Elsewhere"})
        table = [
            ({"complaint_deadline": "first_answer"}, {}, False),
            ({"complaint_category_ids": [Command.set(parent.ids)]}, {"category_id": child}, True),
            ({"complaint_category_ids": [Command.set(other.ids)]}, {"category_id": child}, False),
            ({"complaint_severity": "high"}, {"severity": "medium"}, False),
            ({"complaint_severity": "high"}, {"severity": "high"}, True),
            ({"strength": "advise"}, {}, False),
            ({"active": False}, {}, False),
        ]
        for rule, case, expected in table:
            with self.subTest(rule=rule, case=case):
                law = self._make_standard(self.rule_vals(**rule))
                self.law.action_retire()
                values = {name: getattr(value, "id", value) for name, value in case.items()}
                clock = self.late(self.complaint(date_received=MONDAY, **values))

                self.sweep()

                self.assertEqual(bool(self.violations(clock)), expected)
                law.action_retire()

    def test_standards_of_other_teams_and_companies_say_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        for values in (
            {"team_ids": [Command.set(self.other_team.ids)]},
            {"company_id": company.id},
        ):
            with self.subTest(values):
                self.law.action_retire()
                law = self._make_standard(self.rule_vals(), **values)
                clock = self.late()

                self.sweep()

                self.assertFalse(self.violations(clock))
                law.action_retire()

    def test_a_task_done_too_late_is_a_violation_of_whose_it_was(self):
        self._make_standard(self.rule_vals("crm_complaints.work", name="Done"), code="ST-8")
        complaint = self.complaint(date_received=MONDAY)
        task = self.env["crm.complaint.task"].create(
            {"complaint_id": complaint.id, "name": "Ask the carrier", "user_id": self.colleague.id}
        )
        clock = self.late(task, "crm_complaints.work")

        self.sweep()

        violation = self.violations(clock)
        self.assertEqual(violation.user_id, self.colleague)
        self.assertEqual(violation.sudo().complaint_id, complaint)
        self.assertTrue(task.is_late)

    def test_rules_of_steps_say_nothing_of_orders_by_hand(self):
        stages = [Command.set(self.stage_received.ids)]
        self._make_standard(
            self.rule_vals("crm_complaints.work", complaint_stage_ids=stages), code="ST-8"
        )
        complaint = self.complaint(date_received=MONDAY)
        task = self.env["crm.complaint.task"].create(
            {"complaint_id": complaint.id, "name": "Ask the carrier", "user_id": self.colleague.id}
        )
        clock = self.late(task, "crm_complaints.work")

        self.sweep()

        self.assertFalse(self.violations(clock))

    def test_t18_each_missed_deadline_is_entered_once(self):
        clock = self.late()
        self._make_standard(self.rule_vals(), code="ST-8")

        self.sweep()
        self.sweep()
        complaint = self.env["crm.complaint"].browse(clock.res_id)
        complaint._deadline_missed(clock)

        self.assertEqual(len(self.violations(clock)), 1)

    def test_t18_two_deadlines_of_one_complaint_are_two(self):
        complaint = self.complaint(date_received=MONDAY)
        self.late(complaint)
        with freeze_time(MONDAY):
            complaint._deadline_open()._cancel("test")
            clocks = complaint._deadline_start(self.policy, "resolution", date=MONDAY)
        self.sweep()
        with freeze_time(FRIDAY):
            clocks._stop()
            second = complaint._deadline_start(self.policy, "resolution", date=FRIDAY)
        self.sweep(FRIDAY + timedelta(days=3))

        self.assertEqual(len(self.violations(clocks + second)), 2)
        self.assertEqual(complaint.standard_violation_count, 2)

    def test_one_bad_record_stops_no_other(self):
        good, bad = self.late(), self.late()
        real = type(self.env["crm.standard.violation"])._prepare_miss

        def poisoned(register, clock, record):
            if clock == bad:
                raise ValueError("poisoned")
            return real(register, clock, record)

        path = type(self.env["crm.standard.violation"])
        with patch.object(path, "_prepare_miss", poisoned), mute_logger(SWEEP):
            self.sweep()
        self.assertTrue(self.violations(good))
        self.assertFalse(self.violations(bad))
        self.assertIn("poisoned", bad.followup_error)
        self.sweep()

        self.assertTrue(self.violations(bad))

    def test_many_are_entered_in_a_few_statements(self):
        def count(number):
            clocks = self.env["crm.deadline.clock"]
            for _number in range(number):
                clocks += self.late()
            with freeze_time(FRIDAY):
                clocks._reconcile()._mark_missed()
            self.env.flush_all()
            self.env.invalidate_all()
            register = self.env["crm.standard.violation"]
            before = self.env.cr.sql_log_count
            self.assertEqual(len(register._record_missed(clocks)), number)
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertLessEqual(count(20), count(2))

    # ---- the end --------------------------------------------------------------------------

    def test_work_done_late_puts_it_right(self):
        clock = self.late()
        self.sweep()
        with freeze_time(FRIDAY):
            clock.with_user(self.clerk).sudo()._stop()

        self.follow()

        violation = self.violations(clock)
        self.assertRecordValues(
            violation,
            [{"state": "cured", "date_cured": FRIDAY, "cured_user_id": self.clerk.id}],
        )
        self.assertIn("Cured", violation.history_ids.mapped("new_value"))

    def test_a_deadline_that_was_given_up_excuses_it(self):
        clock = self.late()
        self.sweep()
        with freeze_time(FRIDAY):
            clock._cancel("withdrawn")

        self.follow()

        self.assertRecordValues(
            self.violations(clock),
            [{"state": "excused", "verdict_date": FRIDAY, "verdict_user_id": False}],
        )
        self.assertIn("given up", self.violations(clock).reason)

    def test_what_is_late_still_stays_open(self):
        clock = self.late()
        self.sweep()

        self.follow()

        self.assertEqual(self.violations(clock).state, "open")

    def test_what_a_controller_decided_stays(self):
        clock = self.late()
        self.sweep()
        violation = self.violations(clock).with_user(self.controller)
        for decide, state in [("action_confirm", "confirmed"), ("action_reopen", "open")]:
            with self.subTest(decide):
                getattr(violation, decide)()
                if clock.state == "missed" and not clock.date_end:
                    with freeze_time(FRIDAY):
                        clock._stop()
                self.follow()
                self.assertEqual(violation.state, state)

    def test_the_question_for_an_answer_ends_with_it(self):
        self.law.answer_policy_id = self.policy
        clock = self.late()
        self.sweep()
        self.follow()
        violation = self.violations(clock)
        self.assertTrue(violation._deadline_open(["crm_standards.answer"]))
        with freeze_time(FRIDAY):
            clock._stop()

        self.follow(FRIDAY + timedelta(minutes=10))

        self.assertEqual(violation.state, "cured")
        self.assertFalse(violation._deadline_open(["crm_standards.answer"]))

    def test_one_that_cannot_be_ended_stops_no_other(self):
        good, bad = self.late(), self.late()
        self.sweep()
        with freeze_time(FRIDAY):
            (good + bad)._stop()
        model, poison = type(self.env["crm.standard.violation"]), self.violations(bad)
        real = model._end_query

        def poisoned(violations):
            if poison in violations:
                raise ValueError("poisoned")
            return real(violations)

        with patch.object(model, "_end_query", poisoned), mute_logger(ISOLATION):
            self.follow()

        self.assertEqual(self.violations(good).state, "cured")
        self.assertEqual(poison.state, "open")

    # ---- the rule -------------------------------------------------------------------------

    def test_a_rule_says_what_it_asks(self):
        self.rule.write(
            {
                "complaint_category_ids": [Command.set(self.category.ids)],
                "complaint_severity": "high",
            }
        )

        self.assertEqual(
            self.rule.requirement,
            "Complaints in time: Final answer (Test Category, from severity High)",
        )

    def test_a_rule_that_cannot_be_applied_is_refused(self):
        table = [({"complaint_deadline": False}, "which deadline"), ({"strength": "block"}, "time")]
        for values, message in table:
            with self.subTest(values), self.assertRaisesRegex(ValidationError, message):
                self.rule.write(values)

    def test_the_gate_of_leads_knows_nothing_of_it(self):
        rulebook = self.env["crm.standard"]._get_rulebook()

        self.assertNotIn(self.rule.id, [rule.id for rule in rulebook])

    def test_a_change_of_the_rule_is_a_new_version(self):
        before = self.law.version_id
        self.rule.complaint_severity = "high"
        self.env.flush_all()

        self.assertNotEqual(self.law.version_id, before)

    def test_a_category_of_a_rule_is_not_deleted(self):
        category = self.env["crm.complaint.category"].create({"name": "Once"})
        self.rule.complaint_category_ids = category
        self.env.flush_all()

        with self.assertRaises(Exception) as caught, mute_logger("odoo.sql_db"):
            category.unlink()
            self.env.flush_all()
        self.assertIn("crm_standard_rule_complaint_category_rel", str(caught.exception))

    def test_t14_public_methods_recheck_access(self):
        clock = self.late()
        self.sweep()
        violation = self.violations(clock)
        complaint = violation.sudo().complaint_id
        deeds = [
            (violation.with_user(self.employee).action_open_complaint, AccessError),
            (violation.with_user(self.controller).action_open_complaint, AccessError),
            (complaint.with_user(self.colleague).action_view_standard_violations, AccessError),
            (violation.with_user(self.controller).write, UserError),
        ]
        for deed, error in deeds:
            with self.subTest(deed=deed.__name__), self.assertRaises(error):
                deed(*([{"complaint_number": "X"}] if deed.__name__ == "write" else []))
        opened = violation.with_user(self.clerk).action_open_complaint()
        self.assertEqual(opened["res_id"], complaint.id)
