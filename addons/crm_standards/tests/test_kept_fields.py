from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tools import SQL

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

    def test_field_cleared_by_the_work_that_a_refused_move_has_caused(self):
        revenue = self.rule_vals("enter", self.stage_qualified, ["expected_revenue"])
        self.standard(revenue, self.rule_vals("enter", self.stage_proposal, ["phone"]))
        lead = self.lead(stage_id=self.stage_qualified.id, expected_revenue=100)
        model = self.registry["crm.lead"]
        recompute = model._recompute_recordset

        def clear(leads, names):
            recompute(leads, names)
            if leads.expected_revenue:
                leads.expected_revenue = 0

        with self.machine(), patch.object(model, "_recompute_recordset", clear):
            lead.stage_id = self.stage_proposal

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertEqual(lead.expected_revenue, 100)

    def test_recording_rule_registers_the_clearing(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["expected_revenue"], strength="record")
        )
        lead = self.lead(stage_id=self.stage_qualified.id, expected_revenue=100)

        lead.expected_revenue = 0

        self.assertRecordValues(
            self.violations(lead), [{"effect": "cleared", "missing": "Expected Revenue"}]
        )


class TestKeptFieldsByNight(StandardsCase):
    """What the database itself has emptied is found by night."""

    def setUp(self):
        super().setUp()
        self.law = self.standard(
            self.rule_vals(
                "enter", self.stage_qualified, ["partner_id", "phone"], strength="record"
            )
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_standard_rule SET date_in_force = '2026-01-01'")
        self.law.rule_ids.invalidate_recordset()

    def orphans(self, count):
        """Return leads in the stage whose customer has vanished."""
        vals = {"partner_id": self.customer.id, "phone": "1"}
        leads = self.env["crm.lead"].union(
            *(self.lead(stage_id=self.stage_qualified.id, **vals) for _number in range(count))
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE crm_lead SET partner_id = NULL WHERE id = ANY(%s)", leads.ids)
        )
        self.env.invalidate_all()
        return leads

    def audit(self):
        """Audit; return the statements it took."""
        self.env.flush_all()
        (rule,) = self.env["crm.standard"]._get_rulebook()
        before = self.env.cr.sql_log_count
        self.env["crm.standard.kept.fields"]._audit_rule(rule, lambda: True)
        return self.env.cr.sql_log_count - before

    def test_vanished_customer_is_found_once(self):
        lead = self.orphans(1)

        self.audit()
        self.audit()

        self.assertRecordValues(
            self.violations(lead),
            [
                {
                    "effect": "cleared",
                    "missing_names": "partner_id",
                    "origin": "unlogged",
                    "occurrence_count": 1,
                    "user_id": self.salesman.id,
                }
            ],
        )

    def test_lead_that_came_before_the_rule_is_left_alone(self):
        lead = self.orphans(1)
        self.env.cr.execute("UPDATE crm_standard_rule SET date_in_force = '2100-01-01'")
        self.law.rule_ids.invalidate_recordset()

        self.audit()

        self.assertFalse(self.violations(lead))

    def test_statements_do_not_grow_with_the_leads(self):
        self.orphans(1)
        self.audit()  # fills the caches
        self.orphans(2)
        few = self.audit()
        leads = self.orphans(20)

        self.assertLessEqual(self.audit(), few)
        self.assertEqual(sum(len(self.violations(lead)) for lead in leads), 20)
