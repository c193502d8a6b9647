from odoo.exceptions import AccessError
from odoo.tools import SQL

from .common import StandardsCase


class TestHealth(StandardsCase):
    """What cannot be applied is listed for controllers and stops nobody."""

    def open_page(self, user):
        page = self.env["crm.standard.health.problem"].with_user(user)
        action = page.action_open_page()
        return page.search(action["domain"])

    def test_broken_rule_is_listed_and_stops_nobody(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        rule = standard.rule_ids
        self.env.cr.execute(
            "UPDATE crm_standard_rule SET domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", rule.id],
        )
        rule.invalidate_recordset()
        self.env["crm.standard"]._forget_rulebook()
        lead = self.lead()

        lead.stage_id = self.stage_qualified
        problem = self.open_page(self.controller).filtered(lambda p: p.res_id == rule.id)

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertIn(rule.name, problem.text)
        self.assertIn("gone", problem.text)
        self.assertEqual(problem.action_open_record()["res_id"], rule.id)

    def test_broken_rule_of_a_standard_that_does_not_apply_is_not_listed(self):
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        rule = standard.rule_ids
        for change in ({"active": False}, {"active": True, "state": "retired"}):
            standard.write(change)
            self.env.cr.execute(
                SQL("UPDATE crm_standard_rule SET domain = '(' WHERE id = %s", rule.id)
            )
            rule.invalidate_recordset()

            with self.subTest(change):
                listed = self.open_page(self.controller).filtered(lambda p: p.res_id == rule.id)
                self.assertFalse(listed)
                self.assertTrue(rule.problem)

    def test_t14_only_controllers_open_the_page(self):
        with self.assertRaises(AccessError):
            self.open_page(self.salesman)
