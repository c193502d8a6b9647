from odoo.exceptions import AccessError, UserError, ValidationError

from .common import StandardsCase


class TestViolation(StandardsCase):
    """Facts stand; a controller decides about them, and never about himself."""

    def setUp(self):
        super().setUp()
        self.rules = self.standard(
            self.rule_vals(
                "enter", self.stage_qualified, ["partner_id"], strength="record", name="Know him"
            )
        )

    def violation(self, **values):
        lead = self.lead(**values)
        lead.stage_id = self.stage_qualified
        return self.violations(lead)

    def test_text_of_the_rule_is_kept_when_the_rule_changes(self):
        violation = self.violation()

        self.rules.rule_ids.name = "Renamed"

        self.assertEqual(violation.name, "Know him")
        self.assertIn("Contact", violation.requirement)

    def test_controller_decides_and_is_named(self):
        violation = self.violation().with_user(self.controller)

        violation.write({"reason": "The customer was on holiday."})
        violation.action_excuse()

        self.assertRecordValues(
            violation, [{"state": "excused", "verdict_user_id": self.controller.id}]
        )

    def test_excuse_needs_a_reason(self):
        violation = self.violation().with_user(self.controller)

        with self.assertRaisesRegex(ValidationError, "write the reason"):
            violation.action_excuse()

    def test_nobody_decides_about_himself(self):
        lead = self.lead()
        lead.sudo().write({"user_id": self.controller.id, "team_id": self.team.id})
        lead.sudo().stage_id = self.stage_qualified
        own = self.violations(lead).with_user(self.controller)

        with self.assertRaises(AccessError):
            own.action_confirm()

    def test_facts_cannot_be_edited_not_even_in_sudo(self):
        violation = self.violation()

        for values in ({"user_id": self.leader.id}, {"name": "x"}, {"date": "2020-01-01"}):
            with self.subTest(values), self.assertRaises(UserError):
                violation.sudo().write(values)
        with self.assertRaises(UserError):
            violation.with_user(self.controller).write({"occurrence_count": 0})
        with self.assertRaises(UserError):
            violation.sudo().unlink()

    def test_defaults_from_the_callers_context_do_not_colour_a_fact(self):
        lead = self.lead().with_context(default_state="excused", default_user_id=self.leader.id)

        lead.stage_id = self.stage_qualified

        self.assertRecordValues(
            self.violations(lead), [{"state": "open", "user_id": self.salesman.id}]
        )

    def test_standard_with_violations_is_retired_not_deleted(self):
        self.violation()

        with self.assertRaisesRegex(UserError, "Retire it"):
            self.rules.unlink()

    def test_passing_again_after_the_verdict_is_a_new_violation(self):
        violation = self.violation()
        violation.with_user(self.controller).action_confirm()
        lead = violation.lead_id.with_user(self.salesman)

        lead.stage_id = self.stage_new
        lead.stage_id = self.stage_qualified

        self.assertEqual(self.violations(lead).mapped("state"), ["confirmed", "open"])

    def test_batch_posts_no_message_for_each_violation(self):
        before = self.env["mail.message"].search_count([("model", "=", "crm.standard.violation")])

        self.violation()

        after = self.env["mail.message"].search_count([("model", "=", "crm.standard.violation")])
        self.assertEqual(after, before)
