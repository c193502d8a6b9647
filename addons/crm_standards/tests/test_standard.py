from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import StandardsCase


class TestStandard(StandardsCase):
    """A controller writes standards without a programmer, and mistakes are named."""

    def draft(self, **values):
        vals = self.rule_vals("enter", self.stage_new, ["partner_id"])
        standard = self.env["crm.standard"].create({"name": "Draft"})
        return (
            self.env["crm.standard.rule"]
            .with_user(self.controller)
            .create({**vals, "standard_id": standard.id, **values})
        )

    def test_rule_is_told_in_one_sentence(self):
        rule = self.draft()

        self.assertEqual(rule.requirement, "To enter New (S), fill in: Contact")

    def test_controller_writes_a_rule_on_the_form(self):
        standard = self.env["crm.standard"].with_user(self.controller).create({"name": "Mine"})

        with Form(standard) as form, form.rule_ids.new() as line:
            line.name = "Know him"
            line.stage_ids.add(self.stage_new)
            line.field_ids.add(self.env["ir.model.fields"]._get("crm.lead", "partner_id"))
        standard.action_put_in_force()

        self.assertEqual(standard.rule_ids.requirement, "To enter New (S), fill in: Contact")

    def test_who_only_reads_a_standard_edits_nothing(self):
        standard = self.env["crm.standard"].create({"name": "Open"})

        self.assertFalse(standard.with_user(self.salesman).can_edit)
        self.assertTrue(standard.with_user(self.controller).can_edit)

    def test_salesman_reads_the_standard_and_its_rules(self):
        standard = self.standard(self.rule_vals("enter", self.stage_new, ["partner_id"]))

        for record in (standard, standard.rule_ids):
            form = Form(record.with_user(self.salesman))
            self.assertEqual(form.name, record.name)
        self.assertIn("Contact", standard.rule_ids.with_user(self.salesman).requirement)

    def test_incomplete_rule_is_refused_by_name(self):
        for values, problem in (
            ({"stage_ids": [(5,)]}, "at least one stage"),
            ({"field_ids": [(5,)]}, "at least one field"),
            ({"kind": "transition"}, "one may go to"),
            ({"kind": "time_limit"}, "how long"),
            ({"domain": "[('no_such_field', '=', 1)]"}, "cannot be understood"),
            ({"domain": "[("}, "cannot be understood"),
            ({"domain": "__import__('os')"}, "cannot be understood"),
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(ValidationError, f"Rule “Named”.*{problem}"),
            ):
                self.draft(name="Named", **values)

    def test_time_cannot_be_blocked(self):
        policy = self.env["crm.deadline.policy"].create({"name": "Day"})

        with self.assertRaisesRegex(ValidationError, "time cannot be stopped"):
            self.draft(kind="time_limit", policy_id=policy.id)

    def test_standard_cannot_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.standard(date_from="2026-03-02", date_to="2026-03-01")

    def test_rule_broken_later_is_named_and_stops_nobody(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        self.env.cr.execute(
            "UPDATE crm_standard_rule SET domain = %s WHERE id = %s",
            ["[('gone_field', '=', 1)]", standard.rule_ids.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        lead = self.lead()

        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertIn("gone_field", standard.problem)

    def test_change_of_a_rule_counts_at_once(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead = self.lead()
        with self.assertRaises(ValidationError):
            lead.stage_id = self.stage_qualified

        standard.rule_ids.strength = "advise"
        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)

    def test_copy_is_a_draft_with_its_rules(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))

        copy = standard.copy()

        self.assertEqual(copy.state, "draft")
        self.assertEqual(len(copy.rule_ids), 1)

    def test_stage_of_a_rule_cannot_be_deleted(self):
        stage = self.env["crm.stage"].create({"name": "Short-lived"})
        self.standard(self.rule_vals("transition", self.stage_new, next_stages=stage, name="Go on"))

        with self.assertRaisesRegex(UserError, "part of rule “Go on”"):
            stage.unlink()

    def test_team_of_a_standard_stays_its_team_when_archived(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        self.team.active = False
        self.env.registry.clear_cache()
        everybodys = self.env["crm.stage"].create({"name": "For all"})
        standard.rule_ids.stage_ids += everybodys

        lead = self.lead(team_id=self.other_team.id, stage_id=everybodys.id)

        self.assertEqual(lead.stage_id, everybodys)

    def test_callers_context_does_not_decide_what_is_law(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        standard.active = False
        self.env.registry.clear_cache()

        lead = self.lead().with_context(active_test=False)
        lead.stage_id = self.stage_qualified
        other = self.lead()
        other.stage_id = self.stage_qualified

        self.assertEqual((lead + other).stage_id, self.stage_qualified)

    def test_condition_that_fails_on_a_lead_is_refused_beforehand(self):
        for condition in ("[('expected_revenue', '>', 'abc')]", "[('name', '>', 5)]"):
            with self.subTest(condition), self.assertRaisesRegex(ValidationError, "condition"):
                self.draft(domain=condition)

    def test_condition_that_fails_later_stops_nobody(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        rule = self.env["crm.standard.rule"]
        with (
            patch.object(self.env.registry["crm.standard.rule"], "_find_problem", lambda _s: ""),
            self.assertLogs("odoo.addons.crm_standards", "WARNING"),
        ):
            standard.rule_ids.domain = "[('expected_revenue', '>', 'abc')]"
            self.lead().stage_id = self.stage_qualified
        self.assertTrue(rule.browse(standard.rule_ids.id).problem)

    def test_fields_nobody_can_fill_are_refused(self):
        get_field = self.env["ir.model.fields"]._get
        for field in (
            get_field("res.partner", "barcode"),
            get_field("crm.lead", "lang_active_count"),
            get_field("crm.lead", "activity_ids"),
        ):
            with self.subTest(field.name), self.assertRaisesRegex(ValidationError, "fill in"):
                self.draft(field_ids=[(6, 0, field.ids)])

    def test_who_changed_a_rule_is_known_for_ever(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        rule = standard.rule_ids.with_user(self.controller).with_context(tracking_disable=True)

        rule.strength = "advise"

        line = standard.history_ids.filtered(lambda line: line.what == "Strength")
        self.assertRecordValues(
            line,
            [{"user_id": self.controller.id, "old_value": "Block", "new_value": "Advise"}],
        )
        with self.assertRaises(AccessError):
            line.sudo().write({"new_value": "Block"})

    def test_standard_that_was_in_force_cannot_be_deleted(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        standard.action_back_to_draft()

        with self.assertRaisesRegex(UserError, "Retire it"):
            standard.unlink()
