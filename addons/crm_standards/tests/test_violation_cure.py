from .common import StandardsCase


class TestViolationCure(StandardsCase):
    """What is filled in later is seen, and noted as cured."""

    def setUp(self):
        super().setUp()
        self.standard(
            self.rule_vals(
                "enter",
                self.stage_qualified,
                ["partner_id", "expected_revenue"],
                strength="record",
                is_invariant=False,
            )
        )

    def broken(self):
        lead = self.lead()
        lead.stage_id = self.stage_qualified
        return lead

    def touch(self, lead, vals):
        """Write a lead as a later transaction would."""
        lead.write(vals)
        lead.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_lead SET write_date = now() + interval '1 minute' WHERE id = %s",
            [lead.id],
        )
        lead.invalidate_recordset()

    def follow(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_violation_cron_follow").method_direct_trigger()

    def test_job_cures_what_is_filled_in_later(self):
        lead = self.broken()
        self.touch(lead, {"partner_id": self.customer.id, "expected_revenue": 5})

        self.follow()

        violation = self.violations(lead)
        self.assertEqual((violation.state, violation.cured_user_id), ("cured", self.salesman))
        self.assertTrue(violation.date_cured)
        self.assertFalse(violation.verdict_user_id)
        self.assertEqual(violation.history_ids.new_value, "Cured")

    def test_half_of_it_is_not_enough(self):
        lead = self.broken()
        self.touch(lead, {"expected_revenue": 5})

        self.follow()

        self.assertEqual(self.violations(lead).state, "open")

    def test_job_looks_at_a_lead_once_for_each_change(self):
        lead = self.broken()
        self.touch(lead, {"expected_revenue": 5})
        register = self.env["crm.standard.violation"]

        seen = register._claim_uncured(0)
        seen._look_for_cure()

        self.assertIn(self.violations(lead), seen)
        self.assertNotIn(self.violations(lead), register._claim_uncured(0))

    def test_forbidden_way_is_not_cured_by_filling_in(self):
        self.standard(
            self.rule_vals(
                "transition",
                self.stage_new,
                next_stages=self.stage_proposal,
                strength="record",
                name="Way",
            ),
            code="ST-10",
        )
        lead = self.broken()
        self.touch(lead, {"partner_id": self.customer.id, "expected_revenue": 5})

        self.follow()

        way = self.violations(lead).filtered(lambda v: v.name == "Way")
        self.assertEqual(way.state, "open")

    def test_controller_may_confirm_what_was_cured(self):
        lead = self.broken()
        self.touch(lead, {"partner_id": self.customer.id, "expected_revenue": 5})
        self.follow()
        violation = self.violations(lead).with_user(self.controller)

        violation.action_confirm()

        self.assertRecordValues(
            violation, [{"state": "confirmed", "verdict_user_id": self.controller.id}]
        )
