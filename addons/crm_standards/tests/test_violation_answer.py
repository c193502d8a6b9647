from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import StandardsCase

MONDAY = datetime(2026, 3, 2, 8)


@freeze_time(MONDAY)
class TestViolationAnswer(StandardsCase):
    """The responsible person explains, once and in time; the controller decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "Answer", "term_amount": 2, "term_unit": "calendar_days"}
        )
        cls.env.company.standard_answer_policy_id = cls.policy

    def setUp(self):
        super().setUp()
        self.law = self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"], strength="record")
        )

    def violation(self, **values):
        lead = self.lead(**values)
        lead.stage_id = self.stage_qualified
        violation = self.violations(lead)
        violation._write_fact({"date": MONDAY})  # the transaction's own clock does not freeze
        return violation

    def follow(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_violation_cron_follow").method_direct_trigger()

    def explain(self, violation, user, text="The customer called in a hurry"):
        action = violation.with_user(user).action_explain()
        wizard = self.env["crm.standard.explain"].with_user(user)
        return wizard.with_context(**action["context"]).create({"text": text}).action_explain()

    def test_job_asks_for_an_answer_as_of_the_moment_it_happened(self):
        violation = self.violation()

        self.follow()

        clock = violation._deadline_open(["crm_standards.answer"])
        self.assertEqual(clock.user_id, self.salesman)
        self.assertEqual(clock.date_start, MONDAY)
        self.assertEqual(violation.date_deadline, clock.date_due)

    def test_job_run_twice_starts_one_clock(self):
        violation = self.violation()

        self.follow()
        self.follow()

        self.assertEqual(len(violation.sudo().deadline_clock_ids), 1)

    def test_standard_has_its_own_term(self):
        self.law.answer_policy_id = self.policy.copy({"term_amount": 9})
        violation = self.violation()

        self.follow()

        self.assertEqual(violation.sudo().deadline_clock_ids.policy_id, self.law.answer_policy_id)

    def test_calendar_that_fails_stops_nobody(self):
        broken = self.policy.copy({"name": "No hours", "term_unit": "working_hours"})
        calendar = self.env["resource.calendar"].create({"name": "Empty", "attendance_ids": []})
        calendar.attendance_ids.unlink()
        broken.calendar_id = calendar
        self.law.answer_policy_id = broken
        first = self.violation()
        other = self.standard(
            self.rule_vals("enter", self.stage_proposal, ["partner_id"], strength="record"),
            code="ST-10",
        )
        lead = self.lead()
        lead.stage_id = self.stage_proposal
        second = self.violations(lead).filtered(lambda v: v.standard_id == other)

        with mute_logger(
            "odoo.addons.crm_standards.models.violations.crm_standard_violation_answer"
        ):
            self.follow()

        self.assertFalse(first.date_deadline)
        self.assertTrue(second.date_deadline)

    def test_explanation_is_kept_in_history_and_meets_the_deadline(self):
        violation = self.violation()
        self.follow()

        self.explain(violation, self.salesman, "  The customer called in a hurry ")

        self.assertEqual(violation.explanation, "The customer called in a hurry")
        self.assertEqual(violation.sudo().deadline_clock_ids.state, "met")
        self.assertEqual(
            violation.history_ids.mapped(lambda line: (line.user_id, line.new_value)),
            [(self.salesman, "The customer called in a hurry")],
        )

    def test_explanation_is_written_once(self):
        violation = self.violation()
        self.explain(violation, self.salesman)

        with self.assertRaisesRegex(UserError, "already"):
            self.explain(violation, self.salesman, "On second thoughts")

    def test_t14_only_the_responsible_person_explains(self):
        violation = self.violation()

        for user in (self.leader, self.controller, self.colleague):
            wizard = self.env["crm.standard.explain"].with_user(user).sudo()
            wizard = wizard.create({"violation_ids": violation.ids, "text": "x"}).sudo(False)
            with self.subTest(user.login), self.assertRaises(AccessError):
                wizard.action_explain()
        self.assertFalse(violation.explanation)

    def test_t4_explanation_cannot_be_written_past_the_button(self):
        violation = self.violation()

        for user in (self.salesman, self.controller):
            with self.subTest(user.login), self.assertRaises(UserError):
                violation.with_user(user).write({"explanation": "x"})
        with self.assertRaises(UserError):
            violation.sudo().write({"explanation": "x"})

    def test_blank_explanation_is_refused(self):
        violation = self.violation()

        with self.assertRaisesRegex(UserError, "Write what happened"):
            self.explain(violation, self.salesman, "   ")

    def test_verdict_before_an_answer_ends_the_waiting(self):
        violation = self.violation()
        self.follow()

        violation.with_user(self.controller).action_confirm()

        self.assertEqual(violation.sudo().deadline_clock_ids.state, "cancelled")
        self.assertFalse(violation.is_answer_awaited)

    def test_search_of_awaited_answers_agrees_with_the_field(self):
        waiting, explained = self.violation(), self.violation()
        self.explain(explained, self.salesman)
        both = waiting + explained

        found = self.env["crm.standard.violation"].search(
            [("id", "in", both.ids), ("is_answer_awaited", "=", True)]
        )

        self.assertEqual(found, both.filtered("is_answer_awaited"))
        self.assertEqual(found, waiting)

    def test_bulk_verdict_with_a_ground_from_the_list(self):
        both = self.violation() + self.violation()
        ground = self.env.ref("crm_standards.crm_standard_verdict_reason_customer")
        wizard = self.env["crm.standard.verdict"].with_user(self.controller)

        wizard.create(
            {"violation_ids": both.ids, "verdict": "excused", "reason_id": ground.id}
        ).action_decide()

        self.assertEqual(both.mapped("state"), ["excused", "excused"])
        self.assertEqual(both.reason_id, ground)
        self.assertEqual(both.verdict_user_id, self.controller)

    def test_t14_bulk_verdict_never_about_oneself(self):
        lead = self.lead()
        lead.sudo().write({"user_id": self.controller.id, "team_id": self.team.id})
        lead.sudo().stage_id = self.stage_qualified
        violations = self.violations(lead) + self.violation()
        wizard = self.env["crm.standard.verdict"].with_user(self.controller)
        wizard = wizard.create({"violation_ids": violations.ids, "verdict": "confirmed"})

        with self.assertRaises(AccessError):
            wizard.action_decide()

    def test_t14_employee_has_no_verdict_wizard(self):
        with self.assertRaises(AccessError):
            self.env["crm.standard.verdict"].with_user(self.leader).create(
                {"violation_ids": self.violation().ids}
            )

    def test_missed_answer_is_noted_by_its_clock(self):
        violation = self.violation()
        self.follow()

        with (
            patch.object(type(violation), "_deadline_missed") as told,
            freeze_time("2027-03-09 08:00:00"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("crm_deadline.ir_cron_sweep").method_direct_trigger()

        self.assertEqual(violation.sudo().deadline_clock_ids.state, "missed")
        self.assertTrue(told.called)
