from odoo.exceptions import ValidationError

from .requirement_common import RequirementCase


class TestRequirement(RequirementCase):
    """What a rule may ask for beyond fields, and what all its kinds have in common."""

    # ---- conditions -----------------------------------------------------------------------

    def test_condition_must_hold(self):
        self.standard(self.asking("condition", condition="[('expected_revenue', '>=', 1000)]"))
        lead = self.lead(expected_revenue=999)

        self.assertStops(lead, "Expected Revenue ≥")
        lead.expected_revenue = 1000

        self.assertPasses(lead)

    def test_condition_must_go_on_holding(self):
        self.standard(self.asking("condition", condition="[('expected_revenue', '>=', 1000)]"))
        lead = self.lead(expected_revenue=1000)
        lead.stage_id = self.stage_qualified

        with self.assertRaisesRegex(ValidationError, "must stay as it is"):
            lead.expected_revenue = 10

    def test_condition_a_machine_breaks_is_put_right_again(self):
        self.standard(self.asking("condition", condition="[('expected_revenue', '>=', 1000)]"))
        lead = self.lead(expected_revenue=1000)
        lead.stage_id = self.stage_qualified

        with self.machine():
            lead.write({"expected_revenue": 10, "description": "kept"})

        self.assertEqual(lead.expected_revenue, 1000)
        self.assertIn("kept", lead.description)
        self.assertRecordValues(self.violations(lead), [{"effect": "stopped"}])

    def test_condition_to_leave(self):
        self.standard(
            self.asking(
                "condition", self.stage_new, kind="leave", condition="[('priority', '=', '3')]"
            )
        )
        lead = self.lead()

        self.assertStops(lead, "Priority = Very High")
        lead.priority = "3"

        self.assertPasses(lead)

    def test_condition_that_does_not_parse_is_refused_when_written(self):
        for condition in ("[('no_such_field', '=', 1)]", "[(", "__import__('os')", "[]", False):
            with self.subTest(condition), self.assertRaises(ValidationError):
                self.standard(self.asking("condition", condition=condition))

    # ---- all kinds ------------------------------------------------------------------------

    def test_a_batch_asks_the_database_once(self):
        self.standard(
            self.asking("activity", activity_type_id=self.call.id, strength="record"),
            self.asking("checklist", plan_id=self.plan.id, strength="advise"),
            self.asking("document", document_kind_id=self.contract.id, strength="advise"),
        )
        leads = self.env["crm.lead"].union(*(self.lead(name=str(n)) for n in range(6)))
        for lead in leads:
            self.activity(lead).action_done()
        self.env.flush_all()
        asked = []
        gather = type(self.env["crm.standard.requirement"])._gather
        self.patch(
            type(self.env["crm.standard.requirement"]),
            "_gather",
            lambda *args: asked.append(args[2]) or gather(*args),
        )

        leads.stage_id = self.stage_qualified

        self.assertEqual(asked, [leads.ids])
        self.assertFalse(self.violations(leads[0]))

    def test_machine_is_stopped_by_every_kind(self):
        self.standard(
            self.asking("activity", activity_type_id=self.call.id, name="a"),
            self.asking("checklist", plan_id=self.plan.id, name="b"),
            self.asking("document", document_kind_id=self.contract.id, name="c"),
        )
        lead = self.lead()

        with self.machine():
            lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_new)
        self.assertEqual(self.violations(lead).mapped("effect"), ["stopped"] * 3)
        self.assertEqual(self.violations(lead)[2].missing, "attach “Contract”")

    def test_birth_is_judged_by_every_kind(self):
        self.standard(self.asking("activity", activity_type_id=self.call.id))

        with self.assertRaisesRegex(ValidationError, "First call"):
            self.lead(stage_id=self.stage_qualified.id)

    def test_rule_names_what_it_lacks(self):
        for kind in ("activity", "checklist", "document", "approval"):
            with self.subTest(kind), self.assertRaises(ValidationError):
                self.standard(self.asking(kind))

    def test_what_a_rule_asks_is_said_in_one_sentence(self):
        law = self.standard(
            self.asking("activity", activity_type_id=self.call.id, activity_count=3),
            self.asking("checklist", plan_id=self.plan.id, kind="leave", stages=self.stage_new),
        )

        self.assertEqual(
            law.rule_ids.mapped("requirement"),
            [
                "To enter Qualified (S): do “First call” 3 times",
                "To leave New (S): tick all of “Qualification”",
            ],
        )

    # ---- what is undone later -------------------------------------------------------------

    def audit(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_transition_cron_audit").method_direct_trigger()
        self.env.invalidate_all()

    def test_deleted_document_and_reopened_activity_are_found_by_night_and_once(self):
        law = self.standard(
            self.asking("document", document_kind_id=self.contract.id, name="Paper"),
            self.asking("activity", activity_type_id=self.call.id, name="Voice"),
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_standard_rule SET date_in_force = '2026-01-01'")
        law.rule_ids.invalidate_recordset()
        lead = self.lead()
        paper, call = self.attach(lead), self.activity(lead)
        call.action_done()
        lead.stage_id = self.stage_qualified
        self.audit()
        self.assertFalse(self.violations(lead))

        paper.unlink()
        call.sudo().active = True
        self.audit()
        self.audit()

        self.assertEqual(set(self.violations(lead).mapped("name")), {"Paper", "Voice"})
        self.assertEqual(set(self.violations(lead).mapped("effect")), {"cleared"})
        self.assertEqual(set(self.violations(lead).mapped("occurrence_count")), {1})

    def test_condition_is_told_with_labels_names_and_signs(self):
        stage = self.stage_new
        told = {
            "[('expected_revenue', '>=', 1000), ('type', '=', 'lead')]": (
                "Expected Revenue ≥ $\N{NO-BREAK SPACE}1,000.00 and Type = Lead"
            ),
            f"['|', ('stage_id', '=', {stage.id}), ('partner_id.is_company', '=', True)]": (
                "Stage = New (S) or Contact › Is a Company = yes"
            ),
            "[('email_from', '=', False)]": "Email is not set",
            "[('phone', '!=', False)]": "Phone is set",
            f"[('stage_id', 'in', {[stage.id, self.stage_won.id]})]": (
                "Stage is one of: New (S), Won (S)"
            ),
            "['&', ('name', 'ilike', 'x'), '|', ('type', '=', 'lead'), ('phone', '!=', False)]": (
                "Opportunity contains “x” and (Type = Lead or Phone is set)"
            ),
            "[('gone', '=', 1)]": "[('gone', '=', 1)]",
            "[(": "[(",
        }

        describe = self.env["crm.standard.condition"]._describe
        for text, words in told.items():
            with self.subTest(text):
                self.assertEqual(describe(text, "crm.lead"), words)

    def test_version_tells_to_whom_a_rule_applies_in_words(self):
        law = self.standard(
            self.rule_vals(
                "enter", self.stage_qualified, ["partner_id"], domain="[('type', '=', 'lead')]"
            )
        )

        self.assertIn("Type = Lead", law.version_id.document)
        self.assertNotIn("[(", law.version_id.document)
