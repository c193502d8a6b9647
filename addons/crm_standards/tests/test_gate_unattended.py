from unittest.mock import patch

from .common import StandardsCase


class TestGateUnattended(StandardsCase):
    """With nobody at the screen nothing is lost: the lead stays lawful, the register tells."""

    def test_blocked_move_stays_in_the_last_lawful_stage(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))
        lead = self.lead(probability=35)

        with self.machine():
            lead.write({"stage_id": self.stage_won.id, "description": "kept"})

        self.assertRecordValues(
            lead,
            [
                {
                    "stage_id": self.stage_new.id,
                    "probability": 35,
                    "won_status": "pending",
                    "date_closed": False,
                }
            ],
        )
        self.assertIn("kept", lead.description)
        self.assertRecordValues(
            self.violations(lead),
            [
                {
                    "effect": "stopped",
                    "stage_from_id": self.stage_new.id,
                    "stage_to_id": self.stage_won.id,
                    "origin": "automation",
                    "strength": "block",
                }
            ],
        )

    def test_person_whose_automation_was_stopped_is_told(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"], name="Ask"))
        lead = self.lead()

        with self.machine(), patch.object(self.env.registry["res.users"], "_bus_send") as told:
            lead.stage_id = self.stage_qualified

        kind, notice = told.call_args.args
        self.assertEqual(kind, "simple_notification")
        self.assertIn("Ask", notice["message"])

    def test_lawful_leads_of_the_batch_go_on(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        bad, good = self.lead(), self.lead(partner_id=self.customer.id)

        with self.machine():
            (bad + good).write({"stage_id": self.stage_qualified.id})

        self.assertEqual(bad.stage_id, self.stage_new)
        self.assertEqual(good.stage_id, self.stage_qualified)
        self.assertEqual(self.path(good), ["New (S)", "Qualified (S)"])
        self.assertEqual(self.path(bad), ["New (S)"])

    def test_stopped_again_is_counted_not_doubled(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead = self.lead()

        for _attempt in range(3):
            with self.machine():
                lead.stage_id = self.stage_qualified

        self.assertRecordValues(self.violations(lead), [{"occurrence_count": 3, "state": "open"}])

    def test_lead_born_too_high_begins_lower(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))

        with self.machine():
            lead = self.lead(stage_id=self.stage_won.id)

        self.assertRecordValues(
            lead, [{"stage_id": self.stage_new.id, "won_status": "pending", "date_closed": False}]
        )
        self.assertLess(lead.probability, 100)
        self.assertEqual(self.path(lead), ["New (S)"])
        self.assertRecordValues(self.violations(lead), [{"effect": "stopped"}])

    def test_lead_born_too_high_is_judged_where_it_begins_too(self):
        self.standard(
            self.rule_vals("enter", self.stage_won, ["partner_id"]),
            self.rule_vals("enter", self.stage_new, ["expected_revenue"], strength="record"),
        )

        with self.machine():
            lead = self.lead(stage_id=self.stage_won.id)

        self.assertEqual(lead.stage_id, self.stage_new)
        self.assertCountEqual(
            [(v.effect, v.stage_to_id) for v in self.violations(lead)],
            [("stopped", self.stage_won), ("passed", self.stage_new)],
        )

    def test_lead_with_no_lawful_stage_is_not_lost(self):
        pipeline = self.stage_new + self.stage_qualified + self.stage_proposal
        everywhere = self.env["crm.stage"].search([("team_ids", "=", False)])
        self.standard(self.rule_vals("enter", pipeline + everywhere, ["partner_id"]))

        with self.machine():
            lead = self.lead()

        self.assertTrue(lead.exists())
        self.assertTrue(lead.stage_id)
        self.assertIn("passed", self.violations(lead).mapped("effect"))

    def test_change_of_team_keeps_team_and_lawful_stage(self):
        self.standard(
            self.rule_vals("transition", self.stage_new, next_stages=self.stage_qualified)
        )
        lead = self.lead()

        with self.machine():
            lead.write({"team_id": self.other_team.id})
        self.env.flush_all()

        self.assertEqual(lead.team_id, self.other_team)
        # the standard of the old team speaks no more of a lead of the other team
        self.assertEqual(self.path(lead)[-1], lead.stage_id.name)

    def test_cleared_field_that_blocks_is_filled_again(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead = self.lead(stage_id=self.stage_qualified.id, partner_id=self.customer.id)

        with self.machine():
            lead.write({"partner_id": False, "expected_revenue": 7})

        self.assertRecordValues(lead, [{"partner_id": self.customer.id, "expected_revenue": 7}])
        self.assertRecordValues(self.violations(lead), [{"effect": "stopped"}])

    def test_forbidden_stage_and_cleared_field_in_one_go(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["expected_revenue"]),
            self.rule_vals("enter", self.stage_won, ["partner_id"]),
        )
        lead = self.lead(stage_id=self.stage_qualified.id, expected_revenue=5)

        with self.machine():
            lead.write({"stage_id": self.stage_won.id, "expected_revenue": 0})

        self.assertRecordValues(
            lead, [{"stage_id": self.stage_qualified.id, "expected_revenue": 5}]
        )
        self.assertEqual(self.violations(lead).mapped("effect"), ["stopped", "stopped"])

    def test_everything_core_changed_with_the_stage_is_put_back(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))
        lead = self.lead(probability=33)

        with self.machine():
            lead.write({"stage_id": self.stage_won.id, "probability": 100})

        self.assertRecordValues(lead, [{"probability": 33, "won_status": "pending"}])

    def test_time_in_the_stage_is_not_counted_anew(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))
        lead = self.lead()
        lead.sudo()._write_past_gate({"date_last_stage_update": "2026-01-01 08:00:00"})

        with self.machine():
            lead.stage_id = self.stage_won

        self.assertEqual(str(lead.date_last_stage_update), "2026-01-01 08:00:00")

    def test_lead_born_lower_is_judged_where_it_stands_too(self):
        self.standard(
            self.rule_vals("enter", self.stage_proposal, ["partner_id"]),
            self.rule_vals("enter", self.stage_new, ["priority"], strength="record"),
        )

        with self.machine():
            lead = self.lead(stage_id=self.stage_proposal.id)

        self.assertEqual(lead.stage_id, self.stage_new)
        found = self.violations(lead).sorted("effect")
        self.assertEqual(found.mapped("effect"), ["passed", "stopped"])
        self.assertEqual(found.stage_to_id, self.stage_new + self.stage_proposal)

    def test_lead_is_never_lifted_above_the_stage_it_was_meant_for(self):
        self.standard(self.rule_vals("enter", self.stage_new, ["partner_id"]))

        with self.machine():
            lead = self.lead()

        self.assertEqual(lead.stage_id, self.stage_new)
        self.assertRecordValues(self.violations(lead), [{"effect": "passed"}])
