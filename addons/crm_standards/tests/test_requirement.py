from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .common import StandardsCase


class TestRequirement(StandardsCase):
    """What a rule may ask for beyond fields: conditions, activities, checklists, documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls.env["mail.activity.type"].create({"name": "First call"})
        cls.plan = cls.env["mail.activity.plan"].create(
            {
                "name": "Qualification",
                "res_model": "crm.lead",
                "company_id": False,
                "template_ids": [
                    Command.create({"summary": summary, "activity_type_id": cls.call.id})
                    for summary in ("Budget is known", "Decider is known")
                ],
            }
        )
        cls.contract = cls.env["crm.standard.document.kind"].create(
            {"name": "Contract", "name_pattern": "*contract*", "mimetype": "pdf"}
        )

    def activity(self, lead, **values):
        return (
            self.env["mail.activity"]
            .with_user(self.salesman)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                    "res_id": lead.id,
                    "activity_type_id": self.call.id,
                    "user_id": self.salesman.id,
                    **values,
                }
            )
        )

    def attach(self, lead, name="Our contract.pdf", raw=b"%PDF-1.4 text", **values):
        return (
            self.env["ir.attachment"]
            .with_user(self.salesman)
            .create({"name": name, "raw": raw, "res_model": "crm.lead", "res_id": lead.id} | values)
        )

    def assertStops(self, lead, text=""):
        with self.assertRaisesRegex(ValidationError, text):
            lead.stage_id = self.stage_qualified
        self.assertEqual(lead.stage_id, self.stage_new)

    def assertPasses(self, lead):
        lead.stage_id = self.stage_qualified
        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertFalse(self.violations(lead))

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

    # ---- activities -----------------------------------------------------------------------

    def test_activities_must_be_done_as_often_as_asked(self):
        self.standard(
            self.asking("activity", activity_type_id=self.call.id, activity_count=2, name="Call")
        )
        lead = self.lead()
        first, second = self.activity(lead), self.activity(lead)

        first.action_feedback(feedback="Reached him")
        self.assertStops(lead, "“First call” 2 times")
        second.action_done()

        self.assertPasses(lead)

    def test_activity_of_another_kind_or_lead_does_not_count(self):
        self.standard(self.asking("activity", activity_type_id=self.call.id))
        lead, other = self.lead(), self.lead()

        self.activity(other).action_done()
        todo = self.env.ref("mail.mail_activity_data_todo")
        self.activity(lead, activity_type_id=todo.id).action_done()

        self.assertStops(lead, "First call")

    def test_archiving_or_dating_an_activity_is_not_doing_it(self):
        self.standard(self.asking("activity", activity_type_id=self.call.id))
        lead = self.lead()

        self.activity(lead, active=False, date_done="2026-01-01", feedback="done, honestly")
        self.activity(lead).active = False

        self.assertStops(lead)

    def test_day_of_doing_cannot_be_written(self):
        lead = self.lead()
        with self.assertRaises(AccessError):
            self.activity(lead, standard_date_done="2026-01-01")
        with self.assertRaises(AccessError):
            self.activity(lead).sudo().write({"standard_date_done": "2026-01-01"})
        activity = self.env["mail.activity"].with_context(default_standard_date_done="2026-01-01")
        sly = activity.create(
            {
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": lead.id,
                "activity_type_id": self.call.id,
            }
        )
        self.assertFalse(sly.standard_date_done)

    def test_done_activity_that_becomes_another_counts_no_more(self):
        self.standard(self.asking("activity", activity_type_id=self.call.id))
        lead, other = self.lead(), self.lead()
        todo = self.env.ref("mail.mail_activity_data_todo")
        relabeled, moved = self.activity(lead, activity_type_id=todo.id), self.activity(other)
        (relabeled + moved).action_done()

        relabeled.activity_type_id = self.call
        moved.res_id = lead.id

        self.assertStops(lead)

    def test_done_activities_go_over_when_leads_are_merged(self):
        self.standard(self.asking("activity", activity_type_id=self.call.id))
        head, tail = self.lead(priority="3"), self.lead()
        done = self.activity(tail)
        done.action_done()

        merged = (head + tail).merge_opportunity()

        self.assertTrue(done.standard_date_done)
        self.assertEqual(merged, head)

    # ---- checklists -----------------------------------------------------------------------

    def test_every_step_of_the_checklist_must_be_ticked(self):
        self.standard(self.asking("checklist", plan_id=self.plan.id, name="Qualify"))
        lead = self.lead()
        budget, decider = self.plan.template_ids

        self.assertStops(lead, "“Budget is known”; tick “Decider is known”")
        lead.action_tick_standard_step(budget.id)
        self.assertStops(lead, "Qualify: tick “Decider is known”")
        lead.action_tick_standard_step(decider.id)

        self.assertPasses(lead)

    def test_tick_can_be_taken_back(self):
        self.standard(self.asking("checklist", plan_id=self.plan.id))
        lead = self.lead()
        for step in self.plan.template_ids:
            lead.action_tick_standard_step(step.id)

        lead.action_tick_standard_step(self.plan.template_ids[0].id, is_done=False)

        self.assertStops(lead, "Budget is known")

    def test_steps_can_be_planned_and_done_as_activities(self):
        self.standard(self.asking("checklist", plan_id=self.plan.id))
        lead = self.lead()

        lead.action_plan_standard_steps(self.plan.template_ids.ids)
        lead.action_plan_standard_steps(self.plan.template_ids.ids)
        self.assertEqual(len(lead.activity_ids), 2)
        lead.activity_ids.action_feedback()

        self.assertPasses(lead)

    def test_ticking_twice_makes_one_activity(self):
        self.standard(self.asking("checklist", plan_id=self.plan.id))
        lead, step = self.lead(), self.plan.template_ids[0]

        for _click in range(2):
            lead.action_tick_standard_step(step.id)

        done = self.env["mail.activity"].with_context(active_test=False)
        self.assertEqual(done.search_count([("standard_step_id", "=", step.id)]), 1)

    def test_new_step_of_the_checklist_is_asked_at_once(self):
        self.standard(self.asking("checklist", plan_id=self.plan.id))
        lead = self.lead()
        for step in self.plan.template_ids:
            lead.action_tick_standard_step(step.id)

        self.plan.template_ids = [
            Command.create({"summary": "Need is known", "activity_type_id": self.call.id})
        ]

        self.assertStops(lead, "Need is known")

    def test_t14_only_who_may_write_the_lead_ticks_and_only_what_is_asked(self):
        lead, step = self.lead(), self.plan.template_ids[0]
        with self.assertRaises(UserError):
            lead.action_tick_standard_step(step.id)  # no rule asks it
        self.standard(self.asking("checklist", plan_id=self.plan.id))
        with self.assertRaises(AccessError):
            lead.with_user(self.colleague).action_tick_standard_step(step.id)
        with self.assertRaises(AccessError):
            lead.with_user(self.colleague).action_plan_standard_steps(step.ids)

    # ---- documents ------------------------------------------------------------------------

    def test_document_must_be_attached(self):
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        self.assertStops(lead, "attach “Contract”")
        self.attach(lead)

        self.assertPasses(lead)

    def test_document_in_a_message_counts(self):
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        lead.message_post(body="x", attachments=[("The CONTRACT.pdf", b"%PDF-1.4 text")])

        self.assertPasses(lead)

    def test_empty_file_other_type_and_other_name_do_not_count(self):
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        self.attach(lead, raw=b"")
        self.attach(lead, name="contract.txt", raw=b"words")
        self.attach(lead, name="offer.pdf")
        self.attach(self.lead())

        self.assertStops(lead)

    def test_chosen_kind_counts_before_the_name(self):
        other = self.env["crm.standard.document.kind"].create({"name": "Questionnaire"})
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        self.attach(lead, standard_kind_id=other.id)
        self.assertStops(lead)
        self.attach(lead, name="scan 7.pdf", standard_kind_id=self.contract.id)

        self.assertPasses(lead)

    def test_sign_of_a_pattern_stands_for_itself(self):
        self.contract.name_pattern = "100%_*"
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        self.attach(lead, name="100 and more.pdf")
        self.assertStops(lead)
        self.attach(lead, name="100%_sure.pdf")

        self.assertPasses(lead)

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
