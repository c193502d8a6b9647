from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .requirement_common import RequirementCase


class TestRequirementWork(RequirementCase):
    """A rule may ask for work: activities that were done, steps of a checklist that were ticked."""

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

    def test_step_of_somebody_who_left_is_the_salespersons(self):
        (leaver,) = self._make_users(("std_leaver", "Leo Leaver", "base.group_user"))
        self.plan.template_ids.write({"responsible_type": "other", "responsible_id": leaver.id})
        leaver.active = False
        self.standard(self.asking("checklist", plan_id=self.plan.id))
        lead = self.lead()

        lead.action_plan_standard_steps(self.plan.template_ids[:1].ids)

        self.assertEqual(lead.activity_ids.user_id, self.salesman)

    def test_step_of_a_lead_whose_people_left_is_the_planners(self):
        (leaver,) = self._make_users(("std_leaver", "Leo Leaver", "base.group_user"))
        self.standard(self.asking("checklist", plan_id=self.plan.id))
        lead = self.lead()
        lead.sudo().write({"user_id": leaver.id, "team_id": self.team.id})
        leaver.active = False

        lead.with_user(self.leader).sudo().action_plan_standard_steps(
            self.plan.template_ids[:1].ids
        )

        self.assertEqual(lead.sudo().activity_ids.user_id, self.leader)
