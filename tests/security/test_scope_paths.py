"""Roundabout ways past a rule: out of its scope and back, birth beyond it, other records."""

from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .common import StagePathCase


class TestScopeAndBirth(StagePathCase):
    """Nobody gets past a rule by leaving its scope, moving, and coming back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law.action_retire()
        cls.everybodys = cls.env["crm.stage"].create([{"name": "For all", "sequence": -50}])
        cls.order = cls.standard(
            cls.rule_vals(
                "transition", cls.stage_new, next_stages=cls.stage_qualified, name="Step by step"
            ),
            lead_type="opportunity",
        )

    def assertCaught(self, lead, *deeds):
        """One of the deeds is refused; the lead does not end beyond the rule."""
        with self.assertRaisesRegex(ValidationError, "Step by step"):
            for deed in deeds:
                lead.write(deed)
                self.env.flush_all()

    def test_changing_the_type_in_the_same_breath(self):
        values = {"type": "lead", "stage_id": self.stage_won.id}
        self.assertCaught(self.lead(), values)

    def test_changing_the_type_before_and_after(self):
        self.assertCaught(
            self.lead(),
            {"type": "lead", "team_id": self.team.id},
            {"stage_id": self.stage_won.id},
            {"type": "opportunity", "team_id": self.team.id},
        )

    def test_changing_the_team_before_and_after(self):
        self.assertCaught(
            self.lead(),
            {"team_id": self.other_team.id},
            {"stage_id": self.everybodys.id},
            {"team_id": self.team.id},
        )

    def test_slipping_out_of_the_condition_and_back(self):
        self.order.rule_ids.domain = "[('expected_revenue', '>', 100)]"
        self.assertCaught(
            self.lead(expected_revenue=500),
            {"expected_revenue": 1},
            {"stage_id": self.stage_won.id},
            {"expected_revenue": 500},
        )

    def test_leaving_and_coming_back_to_the_same_stage_is_free(self):
        lead = self.lead()

        lead.write({"type": "lead", "team_id": self.team.id})
        lead.write({"type": "opportunity", "team_id": self.team.id})
        lead.stage_id = self.stage_qualified

        self.assertMoved(lead, self.stage_qualified)
        self.assertFalse(self.violations(lead))

    def test_memory_of_rules_cannot_be_written(self):
        lead = self.lead()
        with self.assertRaises(UserError):
            lead.write({"standard_rule_memory": {}})

    def test_entry_rule_that_need_not_stay_filled_is_judged_on_entering_its_scope(self):
        self.standard(
            self.rule_vals(
                "enter",
                self.stage_won,
                ["date_deadline"],
                is_invariant=False,
                name="Step by step",
            ),
            lead_type="opportunity",
        )
        lead = self.lead(type="lead", stage_id=self.stage_won.id)
        self.assertCaught(lead, {"type": "opportunity", "team_id": self.team.id})

    def test_birth_beyond_the_stages_to_begin_in(self):
        self.standard(self.rule_vals("begin", self.stage_new, name="Begin at the beginning"))

        with self.assertRaisesRegex(ValidationError, "Begin at the beginning"):
            self.lead().copy({"stage_id": self.stage_won.id})
        with self.machine():
            lead = self.lead(stage_id=self.stage_won.id)
        self.assertEqual(lead.stage_id, self.stage_new)


class TestBackDoors(StagePathCase):
    """What the database empties by itself is found by the audit."""

    def audit(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_transition_cron_audit").method_direct_trigger()
        self.env.invalidate_all()

    def test_deleted_customer_is_found_by_the_audit_once(self):
        self.law.rule_ids.field_ids = self.env["ir.model.fields"]._get("crm.lead", "partner_id")
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_standard_rule SET date_in_force = '2026-01-01'")
        self.env.invalidate_all()
        dummy = self.env["res.partner"].create({"name": "Dummy"})
        lead = self.lead(partner_id=dummy.id)
        lead.stage_id = self.stage_qualified
        dummy.unlink()
        self.env.invalidate_all()

        self.audit()
        self.audit()

        self.assertRecordValues(
            self.violations(lead),
            [{"effect": "cleared", "origin": "unlogged", "occurrence_count": 1}],
        )

    def test_audit_is_not_fooled_by_a_forged_position(self):
        lead = self.lead()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET stage_id = %s, logged_stage_id = %s WHERE id = %s",
                self.stage_won.id,
                self.stage_won.id,
                lead.id,
            )
        )
        self.env.invalidate_all()

        self.audit()

        self.assertIn("passed", self.violations(lead).mapped("effect"))
        self.assertNothingSilent()
