"""What somebody has tried over the network: links that change things, files, floods, mails."""

import json
from datetime import timedelta
from email.message import EmailMessage

from odoo import fields, http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import StandardsCase

OURS = ("crm_standards", "crm_deadline")


@tagged("post_install", "-at_install")
class TestHostileHttp(StandardsCase, HttpCase):
    """The doors of the network that are not ours, and that none is ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.stage_qualified, ["partner_id"], name="Know him")
        )

    def ask(self, lead):
        state = lead.action_ask_standard_override(self.law.rule_ids.id, "Fair")
        return self.env["crm.standard.override"].browse(state["id"])

    def call(self, model, method, *args):
        """Call a method as the web client does; return the response."""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )

    def our_models(self):
        """Return the models that our add-ons bring."""
        return [
            self.env[name]
            for name, model in self.env.registry.items()
            if model._original_module in OURS
        ]

    def test_t2_no_record_of_ours_is_opened_by_a_token(self):
        models = self.our_models()
        self.assertIn("crm.standard.violation", [model._name for model in models])

        for model in models:
            with self.subTest(model._name):
                self.assertNotIn("access_token", model._fields)

    def test_t3_t9_no_route_is_ours(self):
        modules = self.env.registry._init_modules | {"base", "web"}
        # a route may be extended by several classes: each is looked at
        owners = {
            parent.__module__.split(".")[2]
            for _url, endpoint in http._generate_routing_rules(modules, nodb_only=False)
            for parent in type(endpoint.func.__self__).__mro__
            if parent.__module__.startswith("odoo.addons.")
        }

        self.assertIn("web", owners)
        self.assertTrue(owners.isdisjoint(OURS))

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2", "werkzeug")
    def test_t3_a_link_decides_nothing(self):
        override = self.ask(self.lead())
        self.authenticate("std_controller", "std_controller")

        for link in (
            f"/web/dataset/call_button/crm.standard.override/action_approve?args=[[{override.id}]]",
            f"/web/dataset/call_kw/crm.standard.override/action_approve?args=[[{override.id}]]",
            f"/json/2/crm.standard.override/action_approve?ids=[{override.id}]",
            f"/json/1/crm.standard.override/{override.id}/action_approve",
        ):
            with self.subTest(link):
                self.assertGreaterEqual(self.url_open(link).status_code, 400)
                override.invalidate_recordset()
                self.assertEqual(override.state, "requested")
        # the same person by the button, so that it was the way and not the right that failed
        self.call("crm.standard.override", "action_approve", override.ids, "Once")
        override.invalidate_recordset()
        self.assertEqual(override.state, "approved")

    def test_t9_actions_lead_to_no_other_address(self):
        actions = self.env["ir.actions.act_url"].search([])
        ids = self.env["ir.model.data"].search(
            [("model", "=", "ir.actions.act_url"), ("module", "in", OURS)]
        )

        self.assertFalse(actions.filtered(lambda action: action.id in ids.mapped("res_id")))

    def test_t17_formula_in_a_name_is_a_text_in_an_exported_register(self):
        lead = self.lead(name="=HYPERLINK(1)")
        with self.machine():
            lead.stage_id = self.stage_qualified
        self.controller.group_ids += self.env.ref("base.group_allow_export")
        self.authenticate("std_controller", "std_controller")
        asked = {
            "model": "crm.standard.violation",
            "fields": [{"name": "lead_name", "label": "Lead"}],
            "ids": self.violations(lead).ids,
            "domain": [],
            "import_compat": False,
        }

        answer = self.url_open(
            "/web/export/csv",
            data={"data": json.dumps(asked), "csrf_token": http.Request.csrf_token(self)},
        )

        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.text.splitlines()[1], '"\'=HYPERLINK(1)"')

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_t22_refusal_tells_fields_and_no_values(self):
        lead = self.lead(phone="+49 30 1234567", email_from="secret@customer.example")
        self.authenticate("std_salesman", "std_salesman")

        error = self.call(
            "crm.lead", "write", lead.ids, {"stage_id": self.stage_qualified.id}
        ).json()["error"]["data"]["message"]

        self.assertIn("Know him", error)
        self.assertNotIn("1234567", error)
        self.assertNotIn("secret@", error)


@tagged("post_install", "-at_install")
class TestHostileFlood(StandardsCase):
    """The same again and again, by hand or by mail, makes no heap."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.stage_qualified, ["partner_id"], name="Know him")
        )

    def receive(self, sender, to, message_id, **headers):
        """Take in a mail as the gateway does."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, "Approved"
        mail["Message-Id"] = message_id
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content("Approved, go on.")
        return self.env["mail.thread"].message_process(None, mail.as_bytes())

    def test_t10_asking_again_makes_no_second_request(self):
        lead = self.lead()

        asked = [lead.action_ask_standard_override(self.law.rule_ids.id, "Fair") for _ in "123"]

        override = self.env["crm.standard.override"].search([("lead_id", "=", lead.id)])
        self.assertEqual([state["id"] for state in asked], override.ids * 3)
        self.assertEqual(len(override.activity_ids), 1)

    def test_t10_trying_again_is_one_violation_that_counts(self):
        lead = self.lead()

        with self.machine():
            for _ in range(5):
                lead.stage_id = self.stage_qualified

        self.assertRecordValues(
            self.violations(lead), [{"effect": "stopped", "occurrence_count": 5}]
        )

    def test_t13_mail_in_an_approvers_name_decides_nothing(self):
        lead = self.lead()
        state = lead.action_ask_standard_override(self.law.rule_ids.id, "Fair")
        override = self.env["crm.standard.override"].browse(state["id"])
        asked = override.message_post(body="Please decide", message_type="comment")

        self.receive(
            self.controller.email_formatted,
            "anybody@example.com",
            "<forged-1@example.com>",
            In_Reply_To=asked.message_id,
            References=asked.message_id,
        )

        self.assertIn("forged-1", str(override.message_ids.mapped("message_id")))
        self.assertEqual(override.state, "requested")

    def test_t13_mail_taken_in_twice_is_one_contact(self):
        lead = self.lead(partner_id=self.customer.id)
        self.customer.email = "office@customer.example"
        post = lead.message_post(
            body="Hello", partner_ids=self.customer.ids, subtype_xmlid="mail.mt_comment"
        )

        for _ in range(2):
            self.receive(
                "office@customer.example",
                "anybody@example.com",
                "<answer-1@customer.example>",
                In_Reply_To=post.message_id,
                References=post.message_id,
            )
            self.env.cr.flush()

        contacts = self.env["crm.standard.contact"].search(
            [("lead_id", "=", lead.id), ("direction", "=", "in")]
        )
        self.assertEqual(len(contacts), 1)

    def test_t16_days_of_use_tell_no_colleague(self):
        """There are no surveys here; what is counted about a person is for him and his leader."""
        day = fields.Date.today() - timedelta(days=1)
        self.env["crm.standard.adoption"]._sealed_create(
            [{"user_id": self.salesman.id, "date": day, "team_id": self.team.id}]
        )

        for person, count in ((self.salesman, 1), (self.leader, 1), (self.colleague, 0)):
            with self.subTest(person.login):
                days = self.env["crm.standard.adoption"].with_user(person)
                self.assertEqual(days.search_count([("user_id", "=", self.salesman.id)]), count)
