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

    def test_verdicts_are_kept_whatever_the_context(self):
        violation = self.violation().with_user(self.controller)

        violation.with_context(tracking_disable=True).action_confirm()
        violation.with_context(tracking_disable=True).action_reopen()

        self.assertEqual(
            violation.history_ids.sorted("id").mapped("new_value"), ["Confirmed", "Open"]
        )

    def test_responsible_is_who_was_it_before_the_deed(self):
        lead = self.lead()

        lead.sudo().write({"stage_id": self.stage_qualified.id, "user_id": self.colleague.id})

        self.assertEqual(self.violations(lead)[:1].user_id, self.salesman)

    def test_doer_decides_no_more_than_the_responsible(self):
        lead = self.lead()
        lead.with_user(self.controller).stage_id = self.stage_qualified
        violation = self.violations(lead).with_user(self.controller)

        with self.assertRaises(AccessError):
            violation.action_confirm()

    def test_merging_does_not_wash_a_lead_clean(self):
        violation = self.violation(name="Tail")
        head = self.lead(name="Head", partner_id=self.customer.id, priority="3")
        head.stage_id = self.stage_proposal

        (head + violation.lead_id).sudo().merge_opportunity()

        self.assertEqual(violation.lead_id, head)

    def test_merged_lead_has_an_open_violation_once(self):
        tail, head = self.violation(name="Tail"), self.violation(name="Head")
        merged = tail.lead_id + head.lead_id
        self.assertEqual(len(merged), 2)

        merged.sudo().merge_opportunity()

        left = merged.exists()
        self.assertEqual(self.violations(left).mapped("state"), ["open"])
        self.assertEqual(sorted((tail + head).mapped("lead_name")), ["Head", "Tail"])

    def test_stage_may_go_while_violations_name_it(self):
        violation = self.violation()
        self.rules.rule_ids.stage_ids = self.stage_proposal
        violation.lead_id.stage_id = self.stage_new
        log = self.env["crm.standard.transition"].search([("lead_id", "=", violation.lead_id.id)])

        self.stage_qualified.unlink()

        self.assertTrue(violation.exists())
        self.assertIn("Qualified (S)", log.mapped("stage_to_name"))

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
            violation.sudo().write({"verdict_user_id": self.leader.id})
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
