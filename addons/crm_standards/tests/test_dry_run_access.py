from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .dry_run_common import NOW, DryRunCase


@freeze_time(NOW + timedelta(hours=1))
class TestDryRunAccess(DryRunCase):
    """Who tries, who reads what came out, and that nobody edits it."""

    def test_period_that_is_no_period_is_refused(self):
        law = self.draft(self.rule_vals("begin", self.stage_new))

        with self.assertRaisesRegex(UserError, "between 1 day"):
            self.try_on(law, days=0)

    def test_more_rules_than_fit_are_refused_with_the_way_out(self):
        rules = [self.rule_vals("begin", self.stage_new) for _number in range(63)]

        with self.assertRaisesRegex(UserError, "At most 62 rules"):
            self.try_on(self.draft(*rules))

    def test_result_cannot_be_edited(self):
        run = self.try_on(self.draft(self.rule_vals("begin", self.stage_new)))

        for deed in (
            lambda: run.sudo().write({"stopped_count": 0}),
            lambda: run.sudo().unlink(),
            lambda: run.sudo().create({"standard_id": run.standard_id.id}),
        ):
            with self.assertRaises(AccessError):
                deed()

    def test_employee_reads_a_standard_that_was_tried(self):
        law = self.draft(self.rule_vals("begin", self.stage_new))
        self.try_on(law)

        (values,) = law.with_user(self.salesman).read()

        self.assertEqual(values["code"], "ST-9")
        self.assertNotIn("dry_run_count", values)

    def test_wizard_tries_a_single_rule_and_opens_the_result(self):
        law = self.draft(
            self.rule_vals("begin", self.stage_new),
            self.rule_vals("enter", self.stage_proposal, ["phone"]),
        )
        action = law.rule_ids[:1].with_user(self.controller).action_try_on_history()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.controller)
            .with_context(**action["context"])
            .create({"days": 30})
        )

        result = wizard.action_run()

        run = self.env[result["res_model"]].browse(result["res_id"])
        self.assertRecordValues(run, [{"rule_id": law.rule_ids[:1].id, "days": 30}])
        self.assertIn("last 30 days", run.display_name)
        self.assertEqual(law.dry_run_count, 1)

    def test_t14_wizard_refuses_rules_of_another_standard(self):
        law = self.draft(self.rule_vals("begin", self.stage_new))
        other = self.draft(self.rule_vals("begin", self.stage_new))
        wizard = (
            self.env["crm.standard.dry.run.wizard"]
            .with_user(self.controller)
            .create({"standard_id": law.id, "rule_ids": other.rule_ids.ids})
        )

        with self.assertRaisesRegex(UserError, "at least one rule"):
            wizard.action_run()

    def test_t15_result_of_more_companies_is_not_shown_to_who_lacks_one(self):
        other = self.env["res.company"].create({"name": "Other company"})
        boss = self._make_users(("std_boss", "Bo Boss", "crm_standards.group_manager"))
        boss.company_ids += other
        law = self.draft(self.rule_vals("begin", self.stage_new))
        runs = self.env["crm.standard.dry.run"].with_user(boss)
        run = runs.with_context(allowed_company_ids=boss.company_ids.ids)._try(
            law, law.rule_ids, 30
        )

        self.assertTrue(run.with_user(boss).has_access("read"))
        seen_by_others = run.with_user(self.controller).with_context(
            allowed_company_ids=self.controller.company_ids.ids
        )
        self.assertFalse(seen_by_others.has_access("read"))

    def test_t15_moves_of_a_foreign_company_are_not_counted(self):
        other = self.env["res.company"].create({"name": "Other company"})
        law = self.draft(self.rule_vals("begin", self.stage_new))
        lead = self.deal()
        self.line(lead, self.env["crm.stage"], self.stage_proposal, company_id=other.id)

        self.assertEqual(self.try_on(law).move_count, 0)
