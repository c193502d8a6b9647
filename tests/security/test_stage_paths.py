"""Every path by which a lead changes its stage, driven one by one.

A blocking standard is in force: who is not filled in may not enter the stages above the first.
Each path must end in one of three ways, and none passes silently:

* refused: a person gets a message that names the rule, and the lead has not moved;
* stopped: a machine's move did not happen, nothing else is lost, the register says so;
* logged: the move is lawful, and the log has it.

The list of paths is that of the research on Odoo 19: the methods named there, called as their
callers call them.
"""

from odoo import SUPERUSER_ID
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import SQL

from .common import StagePathCase

MAIL = """From: "Petra Prospect" <petra@prospect.example>
To: {alias}
Subject: We want to buy
Message-Id: <{token}@prospect.example>
{headers}Content-Type: text/plain; charset=utf-8

Please call us.
"""


class TestPersonPaths(StagePathCase):
    """Somebody is at the screen."""

    def test_01_write(self):
        lead = self.lead()
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.stage_qualified.id}))

    def test_02_assignment(self):
        lead = self.lead()

        def deed():
            lead.stage_id = self.stage_qualified

        self.assertRefused(lead, deed)

    def test_03_form_statusbar_and_kanban_drag(self):
        lead = self.lead()
        values = {"stage_id": self.stage_proposal.id}
        self.assertRefused(lead, lambda: lead.web_save(values, {"stage_id": {}}))

    def test_04_mass_edit_in_a_list(self):
        leads = self.lead() + self.lead(expected_revenue=5)
        values = [{"stage_id": self.stage_proposal.id}] * 2
        self.assertRefused(leads[0], lambda: leads.web_save_multi(values, {"stage_id": {}}))

    def test_05_won_button(self):
        lead = self.lead()
        self.assertRefused(lead, lead.action_set_won)

    def test_06_won_button_with_rainbow(self):
        lead = self.lead()
        self.assertRefused(lead, lead.action_set_won_rainbowman)

    def test_07_create_in_a_gated_stage(self):
        with self.assertRaisesRegex(ValidationError, "Know the money"):
            self.lead(stage_id=self.stage_won.id)

    def test_08_create_in_the_default_stage(self):
        self.law.rule_ids.stage_ids += self.stage_new
        with self.assertRaisesRegex(ValidationError, "Know the money"):
            self.lead(stage_id=self.stage_new.id)

    def test_09_create_without_a_stage(self):
        lead = (
            self.env["crm.lead"]
            .with_user(self.salesman)
            .create({"name": "New", "type": "opportunity", "team_id": self.team.id})
        )
        self.assertMoved(lead, self.stage_new)

    def test_10_default_stage_from_the_callers_context(self):
        leads = self.env["crm.lead"].with_user(self.salesman)
        leads = leads.with_context(default_stage_id=self.stage_won.id)
        with self.assertRaisesRegex(ValidationError, "Know the money"):
            leads.create({"name": "New", "type": "opportunity", "team_id": self.team.id})

    def test_11_copy(self):
        lead = self.lead(expected_revenue=5)
        lead.stage_id = self.stage_proposal

        copy = lead.copy()

        self.assertMoved(copy, self.stage_new)

    def test_12_import_of_new_leads(self):
        result = (
            self.env["crm.lead"]
            .with_user(self.salesman)
            .load(
                ["name", "type", "team_id/.id", "stage_id/.id"],
                [["Imported", "Opportunity", str(self.team.id), str(self.stage_won.id)]],
            )
        )

        self.assertFalse(result["ids"])
        self.assertIn("Know the money", result["messages"][0]["message"])
        self.assertFalse(self.env["crm.lead"].search([("name", "=", "Imported")]))
        self.assertNothingSilent()

    def test_13_import_over_existing_leads(self):
        lead = self.lead()

        result = (
            self.env["crm.lead"]
            .with_user(self.salesman)
            .load([".id", "stage_id/.id"], [[str(lead.id), str(self.stage_won.id)]])
        )

        self.assertIn("Know the money", result["messages"][0]["message"])
        self.assertEqual(lead.stage_id, self.stage_new)
        self.assertNothingSilent()

    def test_14_merge_carries_the_higher_stage_lawfully(self):
        head = self.lead(name="Head", expected_revenue=5)
        head.stage_id = self.stage_proposal
        tail = self.lead(name="Tail")

        merged = (head + tail).merge_opportunity()

        self.assertMoved(merged, self.stage_proposal)

    def test_15_change_of_team_recomputes_the_stage(self):
        """No write ever mentions the stage here."""
        self.other_law = self.standard(
            self.rule_vals("enter", self.stage_other, ["date_deadline"], name="Know the money"),
            team_ids=[Command.set(self.other_team.ids)],
        )
        only_of_team = self.env["crm.stage"].search([("team_ids", "=", False)])
        only_of_team.team_ids = self.team
        lead = self.lead()
        self.assertRefused(lead, lambda: lead.write({"team_id": self.other_team.id}))

    def test_16_lawful_change_of_team_is_logged(self):
        lead = self.lead()

        lead.team_id = self.other_team

        self.assertMoved(lead, lead.sudo().stage_id)
        self.assertGreater(len(self.path(lead)), 1)

    def test_17_change_of_salesman_changes_team_and_stage(self):
        self.env["crm.team.member"].create(
            {"crm_team_id": self.other_team.id, "user_id": self.colleague.id}
        )
        lead = self.lead().sudo()

        lead.user_id = self.colleague
        lead.team_id = self.other_team

        self.assertMoved(lead, lead.stage_id)

    def test_18_conversion_of_a_lead(self):
        lead = self.lead(type="lead")
        self.law.lead_type = "opportunity"
        self.law.rule_ids.stage_ids += self.stage_new
        self.env.flush_all()

        # the stage stays, but the standard speaks to it from now on
        with self.assertRaisesRegex(ValidationError, "Know the money"):
            lead.convert_opportunity(self.customer)

    def test_19_conversion_wizard(self):
        lead = self.lead(type="lead", expected_revenue=5)
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_user(self.salesman)
            .with_context(active_model="crm.lead", active_id=lead.id, active_ids=lead.ids)
            .create({"name": "convert", "action": "create", "lead_id": lead.id})
        )

        wizard.action_apply()

        self.assertEqual(lead.type, "opportunity")
        self.assertNothingSilent()

    def test_20_mass_conversion(self):
        leads = self.lead(type="lead") + self.lead(type="lead")
        wizard = (
            self.env["crm.lead2opportunity.partner.mass"]
            .with_user(self.salesman)
            .with_context(active_model="crm.lead", active_ids=leads.ids, active_id=leads[0].id)
            .create({"name": "convert", "action": "each_exist_or_create", "deduplicate": False})
        )

        wizard.action_mass_convert()

        self.assertEqual(set(leads.mapped("type")), {"opportunity"})
        self.assertNothingSilent()

    def test_21_emptying_the_stage_and_going_on(self):
        lead = self.lead()
        lead.stage_id = False
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.stage_won.id}))

    def test_22_lost_and_restored_elsewhere(self):
        lead = self.lead()
        lead.action_set_lost()
        self.assertRefused(
            lead, lambda: lead.write({"active": True, "stage_id": self.stage_proposal.id})
        )

    def test_23_stage_declared_won(self):
        lead = self.lead(expected_revenue=5)
        lead.stage_id = self.stage_proposal

        self.stage_proposal.with_user(self.env.ref("base.user_admin")).is_won = True
        self.env.flush_all()

        log = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], limit=1)
        self.assertEqual(log.outcome_to, "won")
        self.assertNothingSilent()

    def test_24_sudo_with_a_person_at_the_screen(self):
        lead = self.lead()
        self.assertRefused(lead, lambda: lead.sudo().write({"stage_id": self.stage_won.id}))


class TestMachinePaths(StagePathCase):
    """Nobody is at the screen: the record is never lost, the flow never broken."""

    def server_action(self, **values):
        return self.env["ir.actions.server"].create(
            {"name": "Push", "model_id": self.env["ir.model"]._get_id("crm.lead"), **values}
        )

    def test_26_server_action_that_updates_the_record(self):
        lead = self.lead()
        action = self.server_action(
            state="object_write",
            update_path="stage_id",
            resource_ref=f"crm.stage,{self.stage_won.id}",
        )
        run = action.with_context(active_model="crm.lead", active_id=lead.id, active_ids=lead.ids)
        self.assertStopped(lead, run.run)

    def test_27_server_action_with_code(self):
        lead = self.lead()
        action = self.server_action(
            state="code", code=f"records.write({{'stage_id': {self.stage_won.id}}})"
        )
        run = action.with_context(active_model="crm.lead", active_id=lead.id, active_ids=lead.ids)
        self.assertStopped(lead, run.run)

    def test_28_server_action_run_by_a_salesman(self):
        lead = self.lead()
        action = self.server_action(
            state="code", code=f"records.write({{'stage_id': {self.stage_won.id}}})"
        )
        run = action.with_user(self.salesman).with_context(
            active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
        )
        self.assertStopped(lead, run.run)

    def test_29_scheduled_action(self):
        lead = self.lead()
        cron = self.env["ir.cron"].create(
            {
                "name": "Push by night",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "state": "code",
                "code": f"model.browse({lead.id}).write({{'stage_id': {self.stage_won.id}}})",
            }
        )
        with self.enter_registry_test_mode():
            self.assertStopped(lead, cron.method_direct_trigger)

    def test_30_incoming_mail_through_an_alias_with_a_stage(self):
        self.env["mail.alias.domain"].create({"name": "standards.example"})
        alias = self.env["mail.alias"].create(
            {
                "alias_name": "buy",
                "alias_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "alias_defaults": str(
                    {
                        "stage_id": self.stage_won.id,
                        "team_id": self.team.id,
                        "type": "opportunity",
                    }
                ),
            }
        )
        mail = MAIL.format(alias=alias.alias_full_name, token="new", headers="")

        self.env["mail.thread"].message_process("crm.lead", mail)

        lead = self.env["crm.lead"].search([("email_normalized", "=", "petra@prospect.example")])
        self.assertEqual(len(lead), 1)
        self.assertIn("Please call us.", lead.message_ids[-1].body + lead.message_ids[0].body)
        self.assertBornLower(lead)
        self.assertEqual(set(self.violations(lead).mapped("origin")), {"mail"})

    def test_31_mail_gateway_called_by_a_salesman_over_rpc(self):
        """`message_new` is public: whoever calls it is a person and is refused."""
        with self.assertRaisesRegex(ValidationError, "Know the money"):
            self.env["crm.lead"].with_user(self.salesman).message_new(
                {"subject": "Sly", "from": "sly@example.com"},
                {"stage_id": self.stage_won.id, "team_id": self.team.id},
            )

    def test_32_update_by_mail_called_by_a_salesman_over_rpc(self):
        lead = self.lead()
        message = {"subject": "Re", "from": "petra@prospect.example"}
        self.assertRefused(
            lead, lambda: lead.message_update(message, {"stage_id": self.stage_won.id})
        )

    def test_33_website_form(self):
        """The form's controller creates as OdooBot, whoever the visitor is."""
        lead = (
            self.env["crm.lead"]
            .with_user(SUPERUSER_ID)
            .create(
                {
                    "name": "From the site",
                    "email_from": "visitor@example.com",
                    "type": "opportunity",
                    "team_id": self.team.id,
                    "stage_id": self.stage_won.id,
                }
            )
        )
        self.assertBornLower(lead)

    def test_25_portal_user_through_elevated_code(self):
        portal = new_test_user(self.env, "std_portal_mover", "base.group_portal")
        lead = self.lead()
        self.assertStopped(
            lead, lambda: lead.with_user(portal).sudo().write({"stage_id": self.stage_won.id})
        )

    def test_40_taken_in_by_elevated_code_on_a_salesmans_behalf(self):
        lead = (
            self.env["crm.lead"]
            .with_user(self.salesman)
            .sudo()
            .create(
                {
                    "name": "From an event",
                    "type": "opportunity",
                    "team_id": self.team.id,
                    "stage_id": self.stage_won.id,
                }
            )
        )
        self.assertBornLower(lead)

    def test_34_visitor_through_elevated_code(self):
        lead = self.lead()
        visitor = self.env.ref("base.public_user")
        self.assertStopped(
            lead, lambda: lead.with_user(visitor).sudo().write({"stage_id": self.stage_won.id})
        )

    def test_35_assignment_of_leads_by_night(self):
        lead = self.lead(user_id=False)
        self.env["crm.team.member"].create(
            {"crm_team_id": self.team.id, "user_id": self.leader.id, "assignment_max": 30}
        )

        self.team.sudo()._action_assign_leads(force_quota=True)

        self.assertTrue(lead.sudo().exists())
        self.assertNothingSilent()

    def test_36_raw_sql_is_found_by_the_next_audit(self):
        lead = self.lead()
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE crm_lead SET stage_id = %s WHERE id = %s", self.stage_won.id, lead.id)
        )
        self.env.invalidate_all()
        drifted = self.env["crm.standard.transition"]._find_drift()
        self.assertIn(lead.id, [lead_id for lead_id, _stage, _outcome in drifted])

        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_transition_cron_audit").method_direct_trigger()

        self.assertIn("passed", self.violations(lead).mapped("effect"))
        self.assertNothingSilent()

    def test_37_stage_taken_from_its_team(self):
        lead = self.lead(expected_revenue=5)
        lead.stage_id = self.stage_proposal

        self.stage_proposal.team_ids = self.other_team
        self.env.flush_all()

        self.assertMoved(lead, self.stage_proposal)

    def test_38_team_deleted(self):
        team = self._make_team("Short-lived")
        lead = self.lead(team_id=team.id, stage_id=False)

        team.unlink()
        self.env.invalidate_all()

        self.assertTrue(lead.sudo().exists())
        self.assertNothingSilent()

    def test_39_automation_rule_on_a_salesmans_write(self):
        """What he wrote himself is kept; only the rule's own move is a machine's."""
        lead = self.lead()
        model_id = self.env["ir.model"]._get_id("crm.lead")
        self.env["base.automation"].create(
            {
                "name": "Hot leads are as good as won",
                "model_id": model_id,
                "trigger": "on_create_or_write",
                "trigger_field_ids": self.env["ir.model.fields"]._get("crm.lead", "priority"),
                "action_server_ids": [
                    Command.create(
                        {
                            "name": "Move",
                            "model_id": model_id,
                            "state": "object_write",
                            "update_path": "stage_id",
                            "resource_ref": f"crm.stage,{self.stage_won.id}",
                        }
                    )
                ],
            }
        )
        # the rule has wrapped the model's methods, which no savepoint takes back
        self.addCleanup(self.env["base.automation"]._unregister_hook)

        self.assertStopped(lead, lambda: lead.write({"priority": "3"}))

        self.assertEqual(lead.priority, "3")
        self.assertEqual(set(self.violations(lead).mapped("origin")), {"automation"})


class TestKnownBypasses(StagePathCase):
    """Four ways a plain salesman walks round the usual engine of exceptions."""

    def test_context_key_that_switches_the_check_off(self):
        for key in ("check_exception", "raise_exception"):
            lead = self.lead().with_context(**{key: False})
            with self.subTest(key):
                self.assertRefused(lead, lead.action_set_won)

    def test_every_context_key_the_suite_or_core_knows(self):
        keys = {
            "tracking_disable": True,
            "mail_notrack": True,
            "mail_create_nolog": True,
            "install_mode": True,
            "import_file": True,
            "mode": "init",
            "module": "crm_standards",
            "noupdate": True,
            "no_gate": True,
            "skip_standards": True,
            "unattended": True,
            "tz": "Pacific/Kiritimati",
            "allowed_company_ids": [],
            "active_test": False,
        }
        for key, value in keys.items():
            lead = self.lead().with_context(**{key: value})
            with self.subTest(key):
                values = {"stage_id": self.stage_won.id}
                self.assertRefused(lead, lambda lead=lead, values=values: lead.write(values))

    def test_marking_the_lead_as_excused(self):
        """There is no such mark: whatever the gate keeps on the lead cannot be written."""
        lead = self.lead()
        for values in (
            {"logged_stage_id": self.stage_won.id},
            {"logged_outcome": "won"},
            {"standard_readiness": {}},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                lead.write(values)
                lead.write({"stage_id": self.stage_won.id})
        self.assertNothingSilent()

    def test_filling_moving_and_clearing(self):
        lead = self.lead()
        lead.expected_revenue = 5
        lead.stage_id = self.stage_qualified

        with self.assertRaisesRegex(ValidationError, "Know the money"):
            lead.expected_revenue = 0
