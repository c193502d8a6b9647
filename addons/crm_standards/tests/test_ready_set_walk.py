from odoo.exceptions import ValidationError
from odoo.fields import Date

from odoo.addons.crm_standards.wizard.crm_standard_ready_set import SETS, read_set

from .common import StandardsCase

#: Far from any term, large enough for every condition and small enough for no other.
ANSWERS = {
    "phone": "+1 202 555 0100",
    "email_from": "buyer@example.com",
    "city": "Springfield",
    "contact_name": "Bea Buyer",
    "expected_revenue": 60000,
}


class TestReadySetWalk(StandardsCase):
    """A deal goes through the pipeline of a ready set when the salesman does what he is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the team's own stages, whatever else the database has
        cls.env["crm.stage"].search([]).team_ids = cls.other_team
        cls.customer.write({"is_company": True, "phone": "+1 202 555 0100", "city": "Springfield"})

    def load(self, key):
        """Load a set, put it in force, and return its stages in their order."""
        wizards = self.env["crm.standard.ready.set"].with_user(self.controller)
        wizard = wizards.create({"set_key": key, "team_id": self.team.id})
        standards = self.env["crm.standard"].search(wizard.action_load()["domain"])
        standards.with_user(self.controller).action_put_in_force()
        names = [stage["name"]["en"] for stage in read_set(key)["stages"]]
        stages = self.env["crm.stage"].search(
            [("team_ids", "in", self.team.ids), ("name", "in", names)]
        )
        return standards, stages.sorted(lambda stage: names.index(stage.name))

    def do(self, lead, need):
        """Do what the panel asks for."""
        for field in need["fields"]:
            if not field["is_filled"]:
                lead[field["name"]] = self.answer(field["name"])
        for item in need["items"]:
            if not item["is_met"]:
                getattr(self, f"do_{item['type']}")(lead, item)

    def answer(self, name):
        if name == "partner_id":
            return self.customer.id
        if name == "date_deadline":
            return Date.add(Date.today(), days=20)
        return ANSWERS[name]

    def do_activity(self, lead, item):
        activity = lead.activity_schedule(
            activity_type_id=item["activity_type_id"], user_id=self.salesman.id
        )
        activity.with_user(self.salesman).action_feedback(feedback="Spoke with the customer")

    def do_checklist(self, lead, item):
        lead.action_tick_standard_step(item["step_id"])

    def do_document(self, lead, item):
        self.env["ir.attachment"].with_user(self.salesman).create(
            {
                "name": "scan.pdf",
                "raw": b"%PDF-1.4 text",
                "res_model": "crm.lead",
                "res_id": lead.id,
                "standard_kind_id": item["document_kind_id"],
            }
        )

    def do_approval(self, lead, item):
        state = lead.action_request_standard_approval(item["rule_id"], "It pays")
        approval = self.env["crm.standard.approval"].browse(state["id"])
        approval.with_user(self.leader).action_approve()

    def do_condition(self, lead, item):
        lead.expected_revenue = ANSWERS["expected_revenue"]

    def test_deal_is_won_by_doing_what_is_asked(self):
        for key in SETS:
            with self.subTest(set=key):
                standards, stages = self.load(key)
                lead = self.lead(name=key, stage_id=stages[0].id)
                done = set()
                for stage in stages[1:]:
                    way = next(
                        way
                        for way in lead.preview_standard_readiness({})["ways"]
                        if way["id"] == stage.id
                    )
                    for need in way["needs"]:
                        self.assertFalse(need["is_path"], need)
                        done |= {item["type"] for item in need["items"]}
                        self.do(lead, need)
                    lead.stage_id = stage
                    self.assertEqual(lead.stage_id, stage)

                self.assertEqual(lead.won_status, "won")
                self.assertEqual(
                    done, {"activity", "approval", "checklist", "condition", "document"}
                )
                self.assertFalse(self.violations(lead), self.violations(lead).mapped("name"))
                standards.action_retire()

    def test_deal_stands_still_when_nothing_is_done(self):
        for key in SETS:
            with self.subTest(set=key):
                standards, stages = self.load(key)
                lead = self.lead(name=key, stage_id=stages[0].id)

                for stage in stages[1:]:
                    with self.assertRaises(ValidationError), self.cr.savepoint():
                        lead.stage_id = stage
                standards.action_retire()
