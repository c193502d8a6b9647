"""Roundabout ways to meet a demand, or to get an exception, without doing or deciding anything."""

import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_standards.tests.common import StandardsCase

from .common import StagePathCase


class TestFakedRequirements(StagePathCase):
    """A salesman tries to look as if he had done what is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law.action_retire()
        cls.call = cls.env["mail.activity.type"].create({"name": "First call"})
        cls.contract = cls.env["crm.standard.document.kind"].create({"name": "Contract"})
        cls.plan = cls.env["mail.activity.plan"].create(
            {
                "name": "Qualification",
                "res_model": "crm.lead",
                "company_id": False,
                "template_ids": [Command.create({"summary": "Budget"})],
            }
        )
        cls.work = cls.standard(
            cls.asking("activity", cls.gated, activity_type_id=cls.call.id, name="Know the money")
        )

    def activity_vals(self, lead, **values):
        return {
            "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
            "res_id": lead.id,
            "activity_type_id": self.call.id,
            **values,
        }

    def assertStillRefused(self, lead):
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.stage_qualified.id}))

    def test_41_import_of_done_activities_with_a_date(self):
        lead = self.lead()
        activities = self.env["mail.activity"].with_user(self.salesman)
        names = ["res_model_id/.id", "res_id", "activity_type_id/.id", "active", "date_done"]
        row = [str(self.env["ir.model"]._get_id("crm.lead")), str(lead.id), str(self.call.id)]

        result = activities.load(names, [[*row, "0", "2026-01-05"]])
        self.assertTrue(result["ids"])  # core takes it, and it counts for nothing
        result = activities.load([*names, "standard_date_done"], [[*row, "0", "", "2026-01-05"]])

        self.assertFalse(result["ids"])
        self.assertStillRefused(lead)

    def test_42_activity_of_another_lead_moved_here(self):
        lead, other = self.lead(), self.lead()
        done = self.env["mail.activity"].create(self.activity_vals(other))
        done.action_feedback()

        done.with_user(self.salesman).write({"res_id": lead.id})

        self.assertStillRefused(lead)

    def test_43_defaults_from_the_context_mark_nothing_as_done(self):
        lead = self.lead()
        activities = self.env["mail.activity"].with_user(self.salesman)
        activities = activities.with_context(
            default_standard_date_done="2026-01-05", default_active=False
        )

        activities.create(self.activity_vals(lead))

        self.assertStillRefused(lead)

    def test_44_message_that_speaks_of_an_activity(self):
        lead = self.lead()

        lead.message_post(
            body="done",
            subtype_xmlid="mail.mt_activities",
            mail_activity_type_id=self.call.id,
        )

        self.assertStillRefused(lead)

    def test_45_document_taken_away_after_the_move_is_found(self):
        self.work.rule_ids.write(
            {"requirement_kind": "document", "document_kind_id": self.contract.id}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_standard_rule SET date_in_force = '2026-01-01'")
        self.env.invalidate_all()
        lead, other = self.lead(), self.lead()
        paper = self.env["ir.attachment"].create(
            {
                "name": "paper",
                "raw": b"text",
                "res_model": "crm.lead",
                "res_id": lead.id,
                "standard_kind_id": self.contract.id,
            }
        )
        lead.stage_id = self.stage_qualified

        paper.with_user(self.salesman).write({"res_id": other.id})
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_transition_cron_audit").method_direct_trigger()

        self.assertEqual(self.violations(lead).mapped("effect"), ["cleared"])

    def test_46_document_of_a_lead_one_may_not_write(self):
        foreign = self.env["crm.lead"].create({"name": "x", "user_id": self.colleague.id})
        with self.assertRaises(AccessError):
            self.env["ir.attachment"].with_user(self.salesman).create(
                {
                    "name": "x",
                    "raw": b"x",
                    "res_model": "crm.lead",
                    "res_id": foreign.id,
                    "standard_kind_id": self.contract.id,
                }
            )

    def test_47_step_that_no_rule_asks(self):
        with self.assertRaises(UserError):
            self.lead().action_tick_standard_step(self.plan.template_ids.id)

    def test_48_preview_changes_nothing_and_tells_nothing_of_foreign_records(self):
        company = self.env["res.company"].create({"name": "Other company"})
        secret = self.env["res.partner"].create({"name": "Secret", "company_id": company.id})
        foreign = self.env["crm.lead"].create({"name": "x", "user_id": self.colleague.id})
        lead = self.lead()

        lead.preview_standard_readiness(
            {"stage_id": self.stage_won.id, "partner_id": secret.id, "logged_outcome": "won"}
        )
        lead.preview_standard_readiness({"no_such_field": [1], "tag_ids": [[6, 0, [1]]]})
        self.env.flush_all()

        self.assertEqual(lead.stage_id, self.stage_new)
        self.assertNothingSilent()
        with self.assertRaises(AccessError):
            foreign.with_user(self.salesman).preview_standard_readiness({})


class TestFakedDecisions(StagePathCase):
    """A salesman tries to grant himself what somebody else must grant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.law.rule_ids

    def ask(self, lead):
        state = lead.action_ask_standard_override(self.rule.id, "Please")
        return self.env["crm.standard.override"].browse(state["id"])

    def assertStillRefused(self, lead):
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.stage_qualified.id}))

    def test_49_override_created_as_granted(self):
        lead = self.lead()
        values = {
            "lead_id": lead.id,
            "rule_id": self.rule.id,
            "standard_id": self.law.id,
            "subject": "x",
            "user_id": self.colleague.id,
            "state": "approved",
            "date": "2026-01-01",
            "date_expiry": "2036-01-01",
        }
        for env in (self.env(user=self.salesman), self.env(su=True), self.env):
            for model in ("crm.standard.override", "crm.standard.approval"):
                with self.subTest(model), self.assertRaises(AccessError):
                    env[model].create([values])
        self.assertStillRefused(lead)

    def test_50_override_imported_as_granted(self):
        result = (
            self.env["crm.standard.override"].sudo().load(["subject", "state"], [["x", "Granted"]])
        )
        self.assertFalse(result["ids"])

    def test_51_asker_grants_through_every_door(self):
        lead = self.lead()
        override = self.ask(lead)
        for env in (self.env(user=self.salesman), self.env(user=self.salesman, su=True)):
            mine = override.with_env(env)
            for deed in (
                mine.action_approve,
                lambda mine=mine: mine.action_delegate(self.salesman.id),
                lambda mine=mine: mine.write({"state": "approved"}),
                lambda mine=mine: mine.write({"approver_ids": [Command.link(self.salesman.id)]}),
            ):
                with self.assertRaises(AccessError):
                    deed()
        self.assertStillRefused(lead)

    def test_52_asking_in_another_ones_name(self):
        lead = self.lead().with_context(default_user_id=self.colleague.id, default_state="approved")
        override = self.ask(lead)

        self.assertRecordValues(override, [{"user_id": self.salesman.id, "state": "requested"}])

    def test_53_automation_grants_in_the_approvers_name(self):
        lead = self.lead()
        override = self.ask(lead)
        action = self.env["ir.actions.server"].create(
            {
                "name": "Grant",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "state": "code",
                "code": f"env['crm.standard.override'].with_user({self.controller.id})"
                f".browse({override.id}).action_approve()",
            }
        )

        with self.assertRaises(AccessError):
            action.with_context(active_model="crm.lead", active_id=lead.id).run()
        self.assertStillRefused(lead)

    def test_54_used_override_cannot_be_taken_up_again(self):
        lead = self.lead()
        override = self.ask(lead)
        override.with_user(self.controller).action_approve()
        lead.stage_id = self.stage_qualified
        lead.stage_id = self.stage_new

        for deed in ("action_approve", "action_withdraw"):
            with self.subTest(deed), self.assertRaises(UserError):
                getattr(override.with_user(self.controller), deed)()
        self.assertStillRefused(lead)

    def test_55_lead_of_an_override_cannot_be_changed(self):
        override, other = self.ask(self.lead()), self.lead()
        override.with_user(self.controller).action_approve()

        with self.assertRaises(AccessError):
            override.sudo().write({"lead_id": other.id})
        self.assertStillRefused(other)

    def test_56_no_context_key_grants(self):
        lead = self.lead()
        self.ask(lead)
        for key in ("override", "force", "approved", "skip_override", "crm_standards_merging"):
            with self.subTest(key):
                self.assertStillRefused(lead.with_context(**{key: True}))

    def test_57_copied_lead_has_no_exception(self):
        lead = self.lead()
        self.ask(lead).with_user(self.controller).action_approve()

        self.assertStillRefused(lead.copy())

    def test_58_merged_lead_has_no_exception(self):
        head, tail = self.lead(name="Head", priority="3"), self.lead(name="Tail")
        self.ask(tail).with_user(self.controller).action_approve()

        merged = (head + tail).merge_opportunity()

        self.assertStillRefused(merged)


@tagged("post_install", "-at_install")
class TestNetworkDecisions(StandardsCase, HttpCase):
    """The same over JSON-2, as a plain salesman with a key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.stage_won, ["expected_revenue"], name="Know the money")
        )

    def json2(self, model, method, **body):
        keys = self.env["res.users.apikeys"].with_user(self.salesman)
        key = keys._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(body),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
                "X-Odoo-Database": self.env.cr.dbname,
            },
        )

    @mute_logger(
        "odoo.http", "odoo.addons.rpc.controllers.json2", "odoo.addons.base.models.ir_model"
    )
    def test_59_json2_grants_nothing(self):
        lead = self.lead()
        answer = self.json2(
            "crm.lead",
            "action_ask_standard_override",
            ids=lead.ids,
            rule_id=self.law.rule_ids.id,
            reason="Please",
        )
        self.assertEqual(answer.status_code, 200)
        override = answer.json()["id"]
        for method, body in (
            ("action_approve", {"ids": [override], "hours": 1000}),
            ("action_delegate", {"ids": [override], "user_id": self.salesman.id}),
            ("write", {"ids": [override], "vals": {"state": "approved"}}),
            ("create", {"vals_list": [{"state": "approved"}]}),
            ("_sealed_write", {"ids": [override], "vals": {"state": "approved"}}),
            ("_use", {"ids": [override]}),
            ("_decide", {"ids": [override], "state": "approved"}),
        ):
            with self.subTest(method):
                answer = self.json2("crm.standard.override", method, **body)
                self.assertGreaterEqual(answer.status_code, 400)
                self.assertLess(answer.status_code, 500)

        self.env.invalidate_all()
        answer = self.json2("crm.lead", "write", ids=lead.ids, vals={"stage_id": self.stage_won.id})
        self.assertEqual(answer.status_code, 422)
        self.env.invalidate_all()
        self.assertEqual(lead.stage_id, self.stage_new)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_60_t5_garbage_is_refused_and_no_server_error(self):
        lead = self.lead()
        for method, body in (
            ("action_ask_standard_override", {"rule_id": [1, 2], "reason": "x"}),
            ("action_ask_standard_override", {"rule_id": "x" * 20000, "reason": "x"}),
            ("action_ask_standard_override", {"rule_id": -1, "reason": "x"}),
            ("action_request_standard_approval", {"rule_id": None}),
            ("action_tick_standard_step", {"step_id": "1' OR 1=1"}),
            ("action_tick_standard_step", {"step_id": 10**12}),
            ("action_plan_standard_steps", {"step_ids": [10**12]}),
        ):
            with self.subTest(method, **body):
                answer = self.json2("crm.lead", method, ids=lead.ids, **body)
                self.assertEqual(answer.status_code, 422, answer.text[:300])

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_61_t1_foreign_lead_by_id(self):
        foreign = self.env["crm.lead"].create(
            {"name": "x", "user_id": self.colleague.id, "team_id": self.team.id}
        )
        for method, body in (
            ("action_ask_standard_override", {"rule_id": self.law.rule_ids.id, "reason": "x"}),
            ("action_tick_standard_step", {"step_id": 1}),
            ("preview_standard_readiness", {"values": {}}),
        ):
            with self.subTest(method):
                answer = self.json2("crm.lead", method, ids=foreign.ids, **body)
                self.assertEqual(answer.status_code, 403)
