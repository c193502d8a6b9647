from datetime import date, datetime

from odoo.exceptions import AccessError, UserError

from .stay_common import StayCase


class TestBestPath(StayCase):
    """The way the best sellers win becomes the draft of a standard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.team.member"].create({"crm_team_id": cls.team.id, "user_id": cls.colleague.id})

    def sell(self, user, number, *stages, revenue=100):
        """Let a person bring deals through stages, the first hour after hour from 9 o'clock."""
        leads = self.env["crm.lead"]
        for _number in range(number):
            lead = self.lead(expected_revenue=revenue, company_id=self.env.company.id).sudo()
            lead.write({"user_id": user.id, "team_id": self.team.id})
            moves = [(datetime(2026, 3, 2, 10 + i), stage) for i, stage in enumerate(stages)]
            self.at(lead, datetime(2026, 3, 2, 9), *moves)
            leads += lead
        return leads

    def wizard(self, **values):
        self.draw()
        return (
            self.env["crm.standard.best.path.wizard"]
            .with_user(self.controller)
            .create(
                {
                    "date_from": date(2026, 3, 1),
                    "date_to": date(2026, 3, 31),
                    "team_id": self.team.id,
                    "seller_count": 1,
                    "least_deals": 2,
                    **values,
                }
            )
        )

    def test_best_by_revenue_and_by_share_may_differ(self):
        self.sell(self.salesman, 2, self.stage_won, revenue=1000)
        self.sell(self.salesman, 2).action_set_lost()
        self.sell(self.colleague, 2, self.stage_qualified, self.stage_won, revenue=10)
        for lead in self.env["crm.lead"].search([("active", "=", False)]):
            self.dated(lead, datetime(2026, 3, 3, 9))

        self.assertEqual(self.wizard(measure="revenue").seller_ids, self.salesman)
        self.assertEqual(self.wizard(measure="won_share").seller_ids, self.colleague)

    def test_draft_follows_the_most_frequent_won_path(self):
        self.sell(self.salesman, 3, self.stage_qualified, self.stage_won)
        self.sell(self.salesman, 1, self.stage_won)
        wizard = self.wizard()

        action = wizard.action_create_standard()

        standard = self.env["crm.standard"].browse(action["res_id"])
        self.assertRecordValues(standard, [{"state": "draft", "problem": ""}])
        self.assertRecordValues(
            standard.rule_ids,
            [
                {
                    "kind": "begin",
                    "strength": "record",
                    "stage_ids": self.stage_new.ids,
                    "next_stage_ids": [],
                },
                {
                    "kind": "transition",
                    "strength": "record",
                    "stage_ids": self.stage_new.ids,
                    "next_stage_ids": self.stage_qualified.ids,
                },
                {
                    "kind": "transition",
                    "strength": "record",
                    "stage_ids": self.stage_qualified.ids,
                    "next_stage_ids": self.stage_won.ids,
                },
            ],
        )
        self.assertEqual(standard.team_ids, self.team)

    def test_evidence_is_shown_and_written_into_the_draft(self):
        deals = self.sell(self.salesman, 3, self.stage_qualified, self.stage_won)
        self.sell(self.salesman, 1, self.stage_won)
        wizard = self.wizard()

        self.assertEqual(wizard.journey_ids.lead_id, deals)
        self.assertEqual((wizard.journey_count, wizard.won_count), (3, 4))
        self.assertIn("New (S): 1.0 working hours", wizard.advice)
        standard = self.env["crm.standard"].browse(wizard.action_create_standard()["res_id"])
        self.assertIn("3 of 4 won deals of Sam Seller", standard.description)

    def test_who_has_too_few_deals_is_no_example(self):
        self.sell(self.salesman, 1, self.stage_won)

        with self.assertRaisesRegex(UserError, "longer period"):
            self.wizard().action_create_standard()

    def test_t6_name_of_a_stage_is_no_markup_in_the_draft(self):
        self.stage_new.name = "<script>alert(1)</script>"
        self.sell(self.salesman, 2, self.stage_won)

        standard = self.env["crm.standard"].browse(self.wizard().action_create_standard()["res_id"])

        self.assertNotIn("<script", standard.description)

    def test_t15_deals_of_a_foreign_company_are_no_example(self):
        other = self.env["res.company"].create({"name": "Other company"})
        leads = self.sell(self.salesman, 2, self.stage_won)
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_standard_transition SET company_id = %s", [other.id])
        self.assertTrue(leads)

        self.assertFalse(self.wizard().path_id)

    def test_employee_has_no_wizard(self):
        wizards = self.env["crm.standard.best.path.wizard"].with_user(self.salesman)

        with self.assertRaises(AccessError):
            wizards.create({})
