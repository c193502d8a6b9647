import json
from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .loss_common import LossCase


class TestLossDialog(LossCase):
    """What is asked is said before the click, and tells nothing about others' deals."""

    def test_dialog_says_what_is_asked_before_the_click(self):
        self.law(
            {},
            {
                "name": "Who",
                "reason_ids": [Command.set(self.rival.ids)],
                "is_competitor_needed": True,
            },
        )
        lead = self.lead()
        dialog = Form(
            self.env["crm.lead.lost"]
            .with_user(self.salesman)
            .with_context(default_lead_ids=lead.ids)
        )
        self.assertIn("fill in Lost Reason", dialog.loss_demand)

        dialog.lost_reason_id = self.rival
        self.assertIn("fill in Lost to", dialog.loss_demand)
        self.assertTrue(dialog.is_competitor_needed)
        dialog.lost_competitor_id = self.competitor
        self.assertFalse(dialog.loss_demand)
        dialog.lost_feedback = "<p>They came first.</p>"
        dialog.save().action_lost_reason_apply()

        self.assertRecordValues(
            lead,
            [
                {
                    "won_status": "lost",
                    "lost_reason_id": self.rival.id,
                    "lost_competitor_id": self.competitor.id,
                    "lost_note": "They came first.",
                }
            ],
        )

    def test_t14_dialog_tells_nothing_about_leads_out_of_reach(self):
        self.law()
        lead = self.lead()

        dialog = (
            self.env["crm.lead.lost"]
            .with_user(self.colleague)
            .new({"lead_ids": [Command.set(lead.ids)]})
        )

        self.assertFalse(dialog.loss_demand)

    def test_t1_competitors_count_only_deals_one_may_see(self):
        lead = self.lead()
        lead.action_set_lost(lost_competitor_id=self.competitor.id)

        self.assertEqual(self.competitor.with_user(self.salesman).lost_count, 1)
        self.assertEqual(self.competitor.with_user(self.colleague).lost_count, 0)

    def test_t15_competitor_of_another_company_is_out_of_reach(self):
        other = self.env["res.company"].create({"name": "Other company"})
        competitor = self.env["crm.standard.competitor"].create(
            {"name": "Theirs", "company_id": other.id}
        )

        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            competitor.with_user(self.salesman).read(["name"])


@tagged("post_install", "-at_install")
class TestLossRpc(LossCase, HttpCase):
    """A plain salesman with an API key is refused as well."""

    def test_t14_json2_as_a_plain_salesman(self):
        self.law()
        lead = self.lead()
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.salesman)
            ._generate("rpc", "test", datetime.now() + timedelta(days=1))
        )

        for method, arguments in (
            ("action_set_lost", {}),
            ("write", {"vals": {"active": False, "probability": 0}}),
        ):
            with mute_logger("odoo.http"):
                response = self.url_open(
                    f"/json/2/crm.lead/{method}",
                    data=json.dumps(
                        {
                            "ids": lead.ids,
                            "context": {"tracking_disable": True, "install_mode": True},
                            **arguments,
                        }
                    ),
                    headers={
                        "Authorization": f"Bearer {key}",
                        "Content-Type": "application/json",
                        "X-Odoo-Database": self.env.cr.dbname,
                    },
                )
            self.assertEqual(response.status_code, 422, response.text[:200])
            self.assertIn("Lost Reason", response.json()["message"])
        self.env.invalidate_all()
        self.assertEqual(lead.won_status, "pending")
