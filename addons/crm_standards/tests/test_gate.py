from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from .common import StandardsCase


class TestGate(StandardsCase):
    """A person who breaks a blocking rule is refused and told why; other moves are logged."""

    def test_lead_without_required_field_is_refused_by_name(self):
        self.standard(
            self.rule_vals(
                "enter",
                self.stage_qualified,
                ["expected_revenue", "partner_id"],
                name="Know the deal",
                hint="Ask at the first call.",
            )
        )
        lead = self.lead()

        with self.assertRaises(ValidationError) as refusal:
            lead.stage_id = self.stage_qualified

        message = str(refusal.exception)
        for part in (
            "Deal",
            "New (S)",
            "Qualified (S)",
            "Know the deal",
            "Expected Revenue",
            "Contact",
            "Ask at the first call.",
            "Carl Controller",
        ):
            self.assertIn(part, message)

    def test_refused_lead_stays_even_if_the_error_is_swallowed(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))
        lead = self.lead(probability=35)

        with self.assertRaises(ValidationError):
            lead.stage_id = self.stage_won
        self.env.flush_all()

        self.assertEqual(lead.stage_id, self.stage_new)
        self.assertEqual(lead.probability, 35)
        self.assertFalse(lead.date_closed)
        self.assertEqual(self.path(lead), ["New (S)"])

    def test_filling_the_field_opens_the_way(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead = self.lead()

        lead.write({"stage_id": self.stage_qualified.id, "partner_id": self.customer.id})

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertEqual(self.path(lead), ["New (S)", "Qualified (S)"])

    def test_field_to_leave_a_stage(self):
        self.standard(self.rule_vals("leave", self.stage_new, ["date_deadline"]))
        lead = self.lead()

        with self.assertRaisesRegex(ValidationError, "Expected Closing"):
            lead.stage_id = self.stage_proposal
        lead.write({"stage_id": self.stage_proposal.id, "date_deadline": "2026-03-02"})

        self.assertEqual(lead.stage_id, self.stage_proposal)

    def test_only_allowed_next_stages(self):
        self.standard(
            self.rule_vals("transition", self.stage_new, next_stages=self.stage_qualified)
        )
        lead = self.lead()

        with self.assertRaisesRegex(ValidationError, "go only to: Qualified"):
            lead.stage_id = self.stage_proposal
        lead.stage_id = self.stage_qualified
        lead.stage_id = self.stage_proposal

        self.assertEqual(self.path(lead), ["New (S)", "Qualified (S)", "Proposal (S)"])

    def test_emptying_the_stage_is_no_way_round_a_transition_rule(self):
        self.standard(
            self.rule_vals("transition", self.stage_new, next_stages=self.stage_qualified)
        )
        lead = self.lead()

        with self.assertRaisesRegex(ValidationError, "no stage"):
            lead.stage_id = False

    def test_birth_in_a_gated_stage_is_refused(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))

        with self.assertRaisesRegex(ValidationError, "cannot begin in Won"):
            self.lead(stage_id=self.stage_won.id)

    def test_recording_rule_lets_pass_and_registers(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"], strength="record")
        )
        lead = self.lead()

        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertRecordValues(
            self.violations(lead),
            [
                {
                    "effect": "passed",
                    "missing": "Contact",
                    "user_id": self.salesman.id,
                    "actor_id": self.salesman.id,
                    "stage_from_id": self.stage_new.id,
                    "stage_to_id": self.stage_qualified.id,
                    "origin": "person",
                }
            ],
        )

    def test_advising_rule_neither_stops_nor_registers(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"], strength="advise")
        )
        lead = self.lead()

        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertFalse(self.violations(lead))

    def test_rule_of_a_draft_standard_is_silent(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        standard.action_back_to_draft()
        lead = self.lead()

        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)

    def test_standard_of_another_team_is_silent(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"]),
            team_ids=[(6, 0, self.other_team.ids)],
        )
        lead = self.lead()

        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)

    def test_standard_speaks_only_between_its_days(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"]), date_to="2020-01-01"
        )
        lead = self.lead()

        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)

    def test_condition_narrows_a_rule(self):
        self.standard(
            self.rule_vals(
                "enter",
                self.stage_qualified,
                ["partner_id"],
                domain="[('expected_revenue', '>', 1000)]",
            )
        )
        small, large = self.lead(expected_revenue=10), self.lead(expected_revenue=2000)

        small.stage_id = self.stage_qualified
        with self.assertRaises(ValidationError):
            large.stage_id = self.stage_qualified

    def test_batch_refusal_names_each_lead_once(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        leads = self.lead(name="A") + self.lead(name="B", partner_id=self.customer.id)

        with self.assertRaises(ValidationError) as refusal:
            leads.write({"stage_id": self.stage_qualified.id})

        self.assertIn("“A”", str(refusal.exception))
        self.assertNotIn("“B”", str(refusal.exception))

    def test_no_group_and_no_sudo_is_above_the_rule(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead = self.lead()

        for user in (self.controller, self.env.ref("base.user_admin")):
            with self.subTest(user.login), self.assertRaises(ValidationError):
                lead.with_user(user).sudo().stage_id = self.stage_qualified

    def test_last_lawful_stage_cannot_be_written_by_hand(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))
        lead = self.lead()

        with self.assertRaises(AccessError):
            lead.sudo().write({"logged_stage_id": self.stage_won.id})
        with self.assertRaises(AccessError):
            self.lead(logged_stage_id=self.stage_won.id, logged_outcome="won")

    def test_defaults_from_the_callers_context_do_not_open_the_gate(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))
        leads = (
            self.env["crm.lead"]
            .with_user(self.salesman)
            .with_context(
                default_logged_stage_id=self.stage_won.id,
                default_logged_outcome="won",
                default_stage_id=self.stage_won.id,
            )
        )

        with self.assertRaises(ValidationError):
            leads.create({"name": "Sly", "type": "opportunity", "team_id": self.team.id})

    def test_refusal_on_the_form_keeps_what_was_typed(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead = self.lead()
        form = Form(lead)
        form.expected_revenue = 500
        form.stage_id = self.stage_qualified

        with self.assertRaises(ValidationError):
            form.save()
        form.partner_id = self.customer
        form.save()

        self.assertRecordValues(
            lead, [{"stage_id": self.stage_qualified.id, "expected_revenue": 500}]
        )
