from odoo.fields import Command
from odoo.tests import Form

from .common import StandardsCase


class TestRoute(StandardsCase):
    """Allowed stages are written by a pattern, and what leads nowhere is told, not refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the team's own four stages are its process
        cls.env["crm.stage"].search([("team_ids", "=", False)]).team_ids = cls.other_team
        cls.law = cls.standard()

    def apply(self, **values):
        wizard = self.env["crm.standard.route"].with_user(self.controller)
        wizard.create({"standard_id": self.law.id, **values}).action_apply()
        rules = self.law.rule_ids.filtered(lambda rule: rule.kind == "transition")
        return {rule.stage_ids: rule.next_stage_ids for rule in rules}

    def problems(self):
        found = self.env["crm.standard.health"].with_user(self.controller)._find_problems()
        return [problem.text for problem in found if problem.res_id == self.law.id]

    def test_forward_without_skipping(self):
        self.assertEqual(
            self.apply(),
            {
                self.stage_new: self.stage_qualified,
                self.stage_qualified: self.stage_proposal,
                self.stage_proposal: self.stage_won,
            },
        )
        self.assertFalse(self.problems())

    def test_one_step_back(self):
        route = self.apply(pattern="one_back")

        self.assertEqual(route[self.stage_qualified], self.stage_new + self.stage_proposal)

    def test_skipping(self):
        route = self.apply(pattern="skip")

        later = self.stage_qualified + self.stage_proposal + self.stage_won
        self.assertEqual(route[self.stage_new], later)

    def test_lines_can_be_changed_before_they_are_written(self):
        wizard = self.env["crm.standard.route"].with_user(self.controller)
        with Form(wizard.with_context(default_standard_id=self.law.id)) as form:
            self.assertEqual(form.team_id, self.team)
            with form.line_ids.edit(0) as line:
                line.next_stage_ids.add(self.stage_won)
        form.record.action_apply()

        first = self.law.rule_ids.filtered(lambda rule: rule.stage_ids == self.stage_new)
        self.assertEqual(first.next_stage_ids, self.stage_qualified + self.stage_won)

    def test_applied_again_the_old_rules_are_archived(self):
        self.apply()
        self.apply(pattern="skip")

        rules = self.law.rule_ids.filtered(lambda rule: rule.stage_ids == self.stage_new)
        self.assertEqual(len(rules), 1)
        archived = self.law.with_context(active_test=False).rule_ids.filtered(
            lambda rule: not rule.active
        )
        self.assertEqual(len(archived), 3)

    def test_circle_without_a_way_out_is_a_problem_and_no_error(self):
        self.law.rule_ids = [
            Command.create(
                self.rule_vals("transition", self.stage_new, next_stages=self.stage_qualified)
            ),
            Command.create(
                self.rule_vals("transition", self.stage_qualified, next_stages=self.stage_new)
            ),
        ]

        found = self.problems()

        self.assertTrue(any("from “New (S)” no allowed way" in text for text in found), found)
        self.assertTrue(any("no allowed way leads to “Won (S)”" in text for text in found), found)
        self.lead().stage_id = self.stage_qualified  # goes on working

    def test_role_that_nobody_fills_any_more_is_a_problem(self):
        role = self.role(self.leader)
        law = self.standard(self.asking("approval", role_id=role.id, name="Sign"))
        self.leader.active = False

        found = self.env["crm.standard.health"]._find_problems()

        self.assertTrue(any(p.res_id == law.rule_ids.id and "Sign" in p.text for p in found))
