"""A real pipeline comes in through Odoo's import while a standard is in force."""

import unittest
from collections import Counter

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from . import pipeline_files as files

BATCH = 1000


@tagged("post_install", "-at_install")
@unittest.skipUnless(
    files.folder().is_dir(), "the public sample of opportunities is not here (set SUITE_DATA)"
)
class TestRealPipeline(TransactionCase):
    """8,800 deals of 30 agents in 6 teams, with the figures known beforehand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.standard"].search([]).write({"state": "retired"})
        cls.importer = new_test_user(cls.env, "importer", "sales_team.group_sale_manager")
        cls.deals = files.read("sales_pipeline")
        cls._load_people()
        cls._load_customers_and_products()
        cls._make_stages()
        cls._put_standard_in_force()
        cls._load_deals()

    @classmethod
    def _import(cls, model, columns, rows):
        """Import rows in batches as the Import button does (no history); return the ids."""
        context = {"import_file": True, "tracking_disable": True}
        records = cls.env[model].with_user(cls.importer).with_context(**context)
        ids = []
        for start in range(0, len(rows), BATCH):
            result = records.load(list(columns), rows[start : start + BATCH])
            assert result["ids"], result["messages"]
            ids += result["ids"]
        return ids

    @classmethod
    def _load_people(cls):
        staff = files.read("sales_teams")
        cls.managers = {row["sales_agent"]: row["manager"] for row in staff}
        for name in sorted({*cls.managers, *cls.managers.values()}):
            login = name.lower().replace(" ", ".")
            new_test_user(cls.env, login, "sales_team.group_sale_salesman", name=name)
        users = {user.name: user for user in cls.env["res.users"].search([])}
        for manager in sorted(set(cls.managers.values())):
            agents = [users[agent] for agent, boss in cls.managers.items() if boss == manager]
            cls.env["crm.team"].create(
                {
                    "name": f"Team of {manager}",
                    "user_id": users[manager].id,
                    "use_opportunities": True,
                    "crm_team_member_ids": [
                        Command.create({"user_id": agent.id}) for agent in agents
                    ],
                }
            )

    @classmethod
    def _load_customers_and_products(cls):
        accounts = [[row["account"], "Company"] for row in files.read("accounts")]
        cls.account_ids = cls._import("res.partner", ["name", "company_type"], accounts)
        products = [[row["product"]] for row in files.read("products")]
        cls.product_ids = cls._import("crm.tag", ["name"], products)

    @classmethod
    def _make_stages(cls):
        cls.env["crm.stage"].create(
            [
                {"name": "Prospecting", "sequence": -3},
                {"name": "Engaging", "sequence": -2},
                {"name": "Closed as won", "sequence": -1, "is_won": True},
            ]
        )
        cls.stages = {s.name: s for s in cls.env["crm.stage"].search([("sequence", "<", 0)])}

    @classmethod
    def _put_standard_in_force(cls):
        partner = cls.env["ir.model.fields"]._get("crm.lead", "partner_id")
        stages = cls.stages["Engaging"] + cls.stages["Closed as won"]
        cls.standard = cls.env["crm.standard"].create(
            {
                "name": "Engage customers we know",
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Name the account",
                            "kind": "enter",
                            "strength": "record",
                            "stage_ids": [Command.set(stages.ids)],
                            "field_ids": [Command.set(partner.ids)],
                        }
                    )
                ],
            }
        )
        cls.standard.action_put_in_force()

    @classmethod
    def _load_deals(cls):
        rows = [files.lead_row(row, cls.managers) for row in cls.deals]
        ids = cls._import("crm.lead", files.LEAD_COLUMNS, rows)
        cls.leads = cls.env["crm.lead"].with_context(active_test=False).browse(ids)
        cls.env.flush_all()

    def test_figures_agree_with_the_file(self):
        count = Counter((lead.won_status, lead.stage_id.name) for lead in self.leads)

        self.assertEqual(
            count,
            {
                ("won", "Closed as won"): 4238,
                ("lost", "Engaging"): 2473,
                ("pending", "Engaging"): 1589,
                ("pending", "Prospecting"): 500,
            },
        )
        won = self.leads.filtered(lambda lead: lead.won_status == "won")
        self.assertEqual(sum(won.mapped("expected_revenue")), 10_005_534)
        self.assertEqual(len(self.account_ids), 85)
        self.assertEqual(len(self.product_ids), 7)

    def test_each_deal_has_its_agent_team_account_and_product(self):
        for deal, lead in zip(self.deals, self.leads, strict=True):
            found = (
                lead.user_id.name,
                lead.team_id.name,
                lead.partner_id.name or "",
                lead.tag_ids.name,
            )
            agent = deal["sales_agent"]
            expected = (
                agent,
                f"Team of {self.managers[agent]}",
                deal["account"],
                files.product_name(deal["product"]),
            )
            self.assertEqual(found, expected, deal["opportunity_id"])

    def test_every_deal_that_breaks_the_standard_is_in_the_register_once(self):
        broken = {
            lead.id
            for deal, lead in zip(self.deals, self.leads, strict=True)
            if deal["deal_stage"] != "Prospecting" and not deal["account"]
        }
        self.assertEqual(len(broken), 1088)

        register = self.env["crm.standard.violation"].search(
            [("standard_id", "=", self.standard.id)]
        )

        self.assertEqual(len(register), len(broken))
        self.assertEqual(set(register.lead_id.ids), broken)
        self.assertEqual(set(register.mapped("origin")), {"person"})

    def test_log_of_stages_has_one_line_for_each_deal(self):
        log = self.env["crm.standard.transition"].search([("lead_id", "in", self.leads.ids)])

        self.assertEqual(len(log), 8800)
        self.assertFalse(self.env["crm.standard.transition"]._find_drift())

    def test_second_import_of_the_same_file_changes_nothing(self):
        violations = self.env["crm.standard.violation"].search_count([])
        log = self.env["crm.standard.transition"].search_count([])
        rows = [files.lead_row(row, self.managers) for row in self.deals[:500]]

        ids = self._import("crm.lead", files.LEAD_COLUMNS, rows)

        self.assertEqual(ids, self.leads[:500].ids)
        self.assertEqual(self.env["crm.standard.violation"].search_count([]), violations)
        self.assertEqual(self.env["crm.standard.transition"].search_count([]), log)
