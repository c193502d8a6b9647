from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
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

    def test_deleting_a_stage_leaves_the_standard_readable(self):
        stage = self.env["crm.stage"].create({"name": "Short-lived"})
        standard = self.standard(self.rule_vals("enter", stage, ["partner_id"]))

        stage.unlink()

        self.assertIn("at least one stage", standard.problem)
        self.lead().stage_id = self.stage_qualified
