from odoo.exceptions import ValidationError

from .common import StandardsCase


class TestKeptFields(StandardsCase):
    """What a stage asks must stay filled while the lead is there."""

    def test_field_cannot_be_cleared_in_the_stage(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["expected_revenue"]))
        lead = self.lead(stage_id=self.stage_qualified.id, expected_revenue=100)

        with self.assertRaisesRegex(ValidationError, "must stay as it is"):
            lead.expected_revenue = 0

    def test_field_computed_from_a_cleared_one_counts_too(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["email_from"]))
        customer = self.env["res.partner"].create({"name": "Mail", "email": "mail@example.com"})
        other = self.env["res.partner"].create({"name": "No mail"})
        lead = self.lead(partner_id=customer.id)
        lead.stage_id = self.stage_qualified

        with self.assertRaisesRegex(ValidationError, "Email"):
            lead.write({"partner_id": other.id, "email_from": False})

    def test_leaving_the_team_and_coming_back_is_no_way_round(self):
        everybodys_won = self.env["crm.stage"].create({"name": "Won for all", "is_won": True})
        self.standard(self.rule_vals("enter", everybodys_won, ["expected_revenue"]))
        lead = self.lead()
        lead.team_id = self.other_team
        lead.stage_id = everybodys_won

        with self.assertRaisesRegex(ValidationError, "comes under a standard"):
            lead.team_id = self.team

    def test_slipping_out_of_a_condition_and_back_is_no_way_round(self):
        self.standard(
            self.rule_vals(
                "enter",
                self.stage_qualified,
                ["date_deadline"],
                domain="[('expected_revenue', '>', 1000)]",
            )
        )
        lead = self.lead(expected_revenue=5000)
        lead.expected_revenue = 1
        lead.stage_id = self.stage_qualified

        with self.assertRaisesRegex(ValidationError, "Expected Closing"):
            lead.expected_revenue = 5000

    def test_rule_may_ask_for_entry_only(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["expected_revenue"], is_invariant=False)
        )
        lead = self.lead(stage_id=self.stage_qualified.id, expected_revenue=100)

        lead.expected_revenue = 0

        self.assertEqual(lead.expected_revenue, 0)

    def test_old_gap_does_not_stop_unrelated_work(self):
        lead = self.lead(stage_id=self.stage_qualified.id)
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id", "expected_revenue"])
        )

        lead.write({"expected_revenue": 5, "name": "Other name"})

        self.assertEqual(lead.expected_revenue, 5)
        self.assertFalse(self.violations(lead))

    def test_recording_rule_registers_the_clearing(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["expected_revenue"], strength="record")
        )
        lead = self.lead(stage_id=self.stage_qualified.id, expected_revenue=100)

        lead.expected_revenue = 0

        self.assertRecordValues(
            self.violations(lead), [{"effect": "cleared", "missing": "Expected Revenue"}]
        )
