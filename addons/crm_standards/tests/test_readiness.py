from odoo.exceptions import ValidationError
from odoo.tests import Form

from .common import StandardsCase


class TestReadiness(StandardsCase):
    """The panel says what the gate would say, before the click."""

    def way(self, lead, stage):
        return next(way for way in lead.standard_readiness["ways"] if way["id"] == stage.id)

    def test_panel_names_the_missing_fields_of_the_next_stage(self):
        self.standard(
            self.rule_vals(
                "enter", self.stage_qualified, ["partner_id", "expected_revenue"], name="Know him"
            )
        )
        lead = self.lead(expected_revenue=5)

        way = self.way(lead, self.stage_qualified)

        self.assertTrue(way["is_next"])
        self.assertEqual(way["light"], "blocked")
        self.assertEqual(way["needs"][0]["rule"], "Know him")
        self.assertEqual(
            [(field["label"], field["is_filled"]) for field in way["needs"][0]["fields"]],
            [("Contact", False), ("Expected Revenue", True)],
        )

    def test_panel_shows_forbidden_ways(self):
        self.standard(self.rule_vals("transition", self.stage_new, next_stages=self.stage_proposal))
        lead = self.lead()

        self.assertEqual(self.way(lead, self.stage_qualified)["light"], "blocked")
        self.assertTrue(self.way(lead, self.stage_proposal)["is_next"])
        self.assertEqual(self.way(lead, self.stage_proposal)["light"], "open")

    def test_panel_shows_what_the_present_stage_lacks(self):
        lead = self.lead()
        self.standard(self.rule_vals("enter", self.stage_new, ["partner_id"]))

        lacking = lead.standard_readiness["lacking"]

        self.assertEqual(lacking[0]["fields"][0]["name"], "partner_id")

    def test_each_item_of_the_panel_begins_a_line(self):
        self.standard(
            self.asking("condition", condition="[('expected_revenue', '>=', 1000)]"),
            self.asking("approval", role_id=self.role(self.leader).id, fields=["name"]),
        )

        needs = self.way(self.lead(), self.stage_qualified)["needs"]

        labels = [item["label"] for need in needs for item in need["items"]]
        self.assertEqual(labels[1], "Get the approval of: Sales director")
        self.assertTrue(labels[0].startswith("Make it so that: Expected Revenue ≥"))

    def test_panel_is_empty_where_no_standard_speaks(self):
        self.assertFalse(self.lead().standard_readiness)

    def test_panel_speaks_the_users_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        standard = self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"], name="Know him")
        )
        standard.rule_ids.with_context(lang="ru_RU").name = "Знать клиента"
        lead = self.lead().with_context(lang="ru_RU")

        self.assertEqual(self.way(lead, self.stage_qualified)["needs"][0]["rule"], "Знать клиента")

    def test_panel_of_a_new_lead_on_the_form(self):
        self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))

        leads = self.env["crm.lead"].with_user(self.salesman)
        defaults = {"default_team_id": self.team.id, "default_type": "opportunity"}
        with Form(leads.with_context(**defaults)) as form:
            form.name = "Being written"
            form.stage_id = self.stage_qualified
            readiness = form.standard_readiness
            form.partner_id = self.customer

        self.assertTrue(readiness["is_new"])
        self.assertEqual(readiness["lacking"][0]["fields"][0]["name"], "partner_id")
        self.assertEqual(readiness["ways"], [])

    def test_panel_and_gate_agree_on_every_way(self):
        self.standard(
            self.rule_vals("transition", self.stage_new, next_stages=self.stage_qualified),
            self.rule_vals("enter", self.stage_qualified, ["partner_id"]),
            self.rule_vals("leave", self.stage_new, ["date_deadline"], strength="record"),
        )
        for stage in self.stage_qualified + self.stage_proposal + self.stage_won:
            for values in ({}, {"partner_id": self.customer.id}):
                lead = self.lead(**values)
                is_open = self.way(lead, stage)["light"] != "blocked"
                with self.subTest(stage=stage.name, values=values):
                    try:
                        lead.stage_id = stage
                    except ValidationError:
                        self.assertFalse(is_open)
                    else:
                        self.assertTrue(is_open)
