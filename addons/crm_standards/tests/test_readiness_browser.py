from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import StandardsCase


def hoot_id(name):
    """Return the id Hoot gives a suite of tests, so that the browser runs this one only."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestReadinessBrowser(StandardsCase, HttpCase):
    """The panel in a real browser."""

    browser_size = "1366x768"

    def test_salesman_is_told_refused_and_moves_on(self):
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Before the order",
                "res_model": "crm.lead",
                "company_id": False,
                "template_ids": [
                    Command.create({"summary": "Budget is approved"}),
                    Command.create({"summary": "Decider is known"}),
                ],
            }
        )
        contract = self.env["crm.standard.document.kind"].create({"name": "Signed contract"})
        self.standard(
            self.rule_vals(
                "enter", self.stage_qualified, ["expected_revenue"], name="Know the money"
            ),
            self.asking("checklist", self.stage_won, plan_id=plan.id, name="Checked"),
            self.asking("document", self.stage_won, document_kind_id=contract.id, name="Signed"),
        )
        # a short bar, which no screen folds
        self.env["crm.stage"].search([("team_ids", "=", False)]).team_ids = self.other_team
        lead = self.lead()

        with mute_logger("odoo.http"):  # the refusal
            self.start_tour(f"/odoo/crm/{lead.id}", "standards_salesman_day", login="std_salesman")

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertEqual(lead.expected_revenue, 500)
        self.assertEqual(self.path(lead), ["New (S)", "Qualified (S)"])
        override = self.env["crm.standard.override"].search([("lead_id", "=", lead.id)])
        self.assertRecordValues(
            override,
            [
                {
                    "subject": "Signed",
                    "reason": "The customer signs at the fair",
                    "user_id": self.salesman.id,
                    "state": "requested",
                }
            ],
        )

    def test_exception_is_refused_with_a_reason_that_the_asker_reads(self):
        law = self.standard(self.rule_vals("enter", self.stage_qualified, ["expected_revenue"]))
        lead = self.lead()
        state = lead.action_ask_standard_override(law.rule_ids.id, "The customer is at a fair")
        override = self.env["crm.standard.override"].browse(state["id"])

        self.start_tour(
            f"/odoo/exceptions/{override.id}", "standards_refusal_decide", login="std_controller"
        )
        self.start_tour(f"/odoo/crm/{lead.id}", "standards_refusal_read", login="std_salesman")

        self.assertRecordValues(
            override,
            [
                {
                    "state": "refused",
                    "decision_reason": "Call him from the fair",
                    "decided_by_id": self.controller.id,
                }
            ],
        )

    def test_component(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={hoot_id('@crm_standards')}",
            "",
            "",
            login="admin",
            timeout=240,
            error_checker=lambda message: "[HOOT]" not in message,
            success_signal="[HOOT] Test suite succeeded",
        )
