"""The same gate through the doors of the network: the web client's RPC and the JSON-2 API."""

import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_standards.tests.common import StandardsCase


@tagged("post_install", "-at_install")
class TestNetworkPaths(StandardsCase, HttpCase):
    """A plain salesman with a browser or an API key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard(
            cls.rule_vals("enter", cls.stage_won, ["expected_revenue"], name="Know the money")
        )

    def rpc(self, model, method, *args, context=None, **kwargs):
        """Call a method as the web client does; return the whole answer."""
        kwargs["context"] = context or {}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    def json2(self, model, method, **body):
        """Call a method over JSON-2 with the salesman's key; return the response."""
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.salesman)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(body),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
                "X-Odoo-Database": self.env.cr.dbname,
            },
        )

    def assertStillNew(self, lead):
        self.env.invalidate_all()
        self.assertEqual(lead.stage_id, self.stage_new)
        self.assertFalse(self.env["crm.standard.transition"]._find_drift())

    @mute_logger("odoo.http")
    def test_web_client(self):
        lead = self.lead()
        self.authenticate("std_salesman", "std_salesman")

        answer = self.rpc(
            "crm.lead", "web_save", lead.ids, {"stage_id": self.stage_won.id}, specification={}
        )

        self.assertIn("Know the money", answer["error"]["data"]["message"])
        self.assertStillNew(lead)

    @mute_logger("odoo.http")
    def test_web_client_with_a_hostile_context(self):
        lead = self.lead()
        self.authenticate("std_salesman", "std_salesman")

        answer = self.rpc(
            "crm.lead",
            "write",
            lead.ids,
            {"stage_id": self.stage_won.id},
            context={"tracking_disable": True, "check_exception": False, "skip_gate": True},
        )

        self.assertIn("Know the money", answer["error"]["data"]["message"])
        self.assertStillNew(lead)

    @mute_logger("odoo.http")
    def test_won_button_over_the_web_client(self):
        lead = self.lead()
        self.authenticate("std_salesman", "std_salesman")

        answer = self.rpc("crm.lead", "action_set_won_rainbowman", lead.ids)

        self.assertIn("Know the money", answer["error"]["data"]["message"])
        self.assertStillNew(lead)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_json2_api(self):
        lead = self.lead()

        answer = self.json2("crm.lead", "write", ids=lead.ids, vals={"stage_id": self.stage_won.id})

        self.assertEqual(answer.status_code, 422)
        self.assertIn("Know the money", answer.text)
        self.assertStillNew(lead)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_json2_api_with_a_hostile_context(self):
        lead = self.lead()
        context = {"install_mode": True, "default_logged_outcome": "won", "mail_notrack": True}

        answer = self.json2(
            "crm.lead",
            "write",
            ids=lead.ids,
            vals={"stage_id": self.stage_won.id},
            context=context,
        )

        self.assertNotEqual(answer.status_code, 200)
        self.assertStillNew(lead)

    def test_json2_lawful_move_is_logged(self):
        lead = self.lead(expected_revenue=5)

        answer = self.json2("crm.lead", "write", ids=lead.ids, vals={"stage_id": self.stage_won.id})

        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.path(lead), ["New (S)", "Won (S)"])

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_no_helper_of_the_gate_can_be_called_from_outside(self):
        for model, method in (
            ("crm.lead", "_write_past_gate"),
            ("crm.lead", "_remember_position"),
            ("crm.standard.gate", "_settle"),
            ("crm.standard.transition", "_log"),
            ("crm.standard.violation", "_record_breaches"),
            ("crm.standard", "_forget_rulebook"),
        ):
            with self.subTest(f"{model}.{method}"):
                self.assertIn(self.json2(model, method).status_code, (403, 404))

    @mute_logger(
        "odoo.http", "odoo.addons.rpc.controllers.json2", "odoo.addons.base.models.ir_model"
    )
    def test_registers_cannot_be_written_from_outside(self):
        lead = self.lead()
        line = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)])
        for method, body in (
            ("create", {"vals_list": [{"lead_id": lead.id}]}),
            ("write", {"ids": line.ids, "vals": {"lead_name": "x"}}),
            ("unlink", {"ids": line.ids}),
        ):
            for model in ("crm.standard.transition", "crm.standard.violation"):
                with self.subTest(f"{model}.{method}"):
                    answer = self.json2(model, method, **body)
                    self.assertGreaterEqual(answer.status_code, 400)
                    self.assertLess(answer.status_code, 500)
