from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from .common import StandardsCase


class TestOverride(StandardsCase):
    """The only way past a rule: granted by somebody else, for one lead, one rule, one time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.stage_qualified, ["partner_id"], name="Know him")
        )
        cls.rule = cls.law.rule_ids

    def ask(self, lead, rule=None, reason="The customer is at a fair"):
        state = lead.action_ask_standard_override((rule or self.rule).id, reason)
        return self.env["crm.standard.override"].browse(state["id"])

    def grant(self, lead, rule=None, **values):
        override = self.ask(lead, rule)
        override.with_user(self.controller).action_approve("Once", **values)
        return override

    def test_granted_exception_lets_the_lead_pass_once(self):
        lead = self.lead()
        override = self.grant(lead)

        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertRecordValues(override, [{"state": "used", "used_by_id": self.salesman.id}])
        lead.stage_id = self.stage_new
        with self.assertRaises(ValidationError):
            lead.stage_id = self.stage_qualified

    def test_who_decides_is_asked_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.controller.lang = "ru_RU"

        override = self.ask(self.lead(name="Fair"))

        asked = override.activity_ids.filtered(lambda activity: activity.user_id == self.controller)
        self.assertEqual(asked.summary, "Решить по «Fair»")

    def test_register_says_allowed_by_exception(self):
        lead = self.lead()
        override = self.grant(lead)

        lead.stage_id = self.stage_qualified

        self.assertRecordValues(
            self.violations(lead),
            [
                {
                    "effect": "overridden",
                    "state": "excused",
                    "reason": "Once",
                    "verdict_user_id": self.controller.id,
                    "override_id": override.id,
                    "missing": "Contact",
                }
            ],
        )

    def test_refusal_tells_of_the_way_out(self):
        with self.assertRaisesRegex(ValidationError, "ask for an exception"):
            self.lead().stage_id = self.stage_qualified

    def test_request_alone_opens_nothing(self):
        lead = self.lead()
        self.ask(lead)

        with self.assertRaises(ValidationError):
            lead.stage_id = self.stage_qualified

    def test_refused_exception_opens_nothing(self):
        lead = self.lead()
        self.ask(lead).with_user(self.controller).action_refuse("Ask him")

        with self.assertRaises(ValidationError):
            lead.stage_id = self.stage_qualified

    def test_exception_works_where_nobody_is_at_the_screen(self):
        lead = self.lead()
        self.grant(lead)

        with self.machine():
            lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertEqual(self.violations(lead).mapped("effect"), ["overridden"])

    def test_exception_is_for_one_rule_and_one_lead(self):
        other_law = self.standard(
            self.rule_vals("enter", self.stage_qualified, ["date_deadline"], name="Know when")
        )
        lead, neighbor = self.lead(), self.lead()
        override = self.grant(lead)

        with self.assertRaisesRegex(ValidationError, "Know when"):
            lead.stage_id = self.stage_qualified
        with self.assertRaises(ValidationError):
            neighbor.stage_id = self.stage_qualified
        self.assertEqual(override.state, "approved")  # not spent in vain
        self.grant(lead, other_law.rule_ids)
        lead.stage_id = self.stage_qualified

        self.assertEqual(self.violations(lead).mapped("effect"), ["overridden"] * 2)

    def test_exception_is_not_spent_on_a_move_that_another_rule_stops(self):
        self.standard(
            self.rule_vals("enter", self.stage_qualified, ["date_deadline"], name="Know when")
        )
        lead = self.lead()
        override = self.grant(lead)

        with self.machine():  # a person is refused, and with him all that was done
            lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_new)
        self.assertEqual(override.state, "approved")

    def test_exception_is_not_spent_on_a_lawful_move(self):
        lead = self.lead(partner_id=self.customer.id)
        override = self.grant(lead)

        lead.stage_id = self.stage_qualified

        self.assertEqual(override.state, "approved")

    def test_exception_holds_for_its_hours_only(self):
        lead = self.lead()
        override = self.grant(lead, hours=2)
        self.assertEqual(override.date_expiry, self.env.cr.now() + timedelta(hours=2))
        override.sudo()._sealed_write({"date_expiry": self.env.cr.now() - timedelta(minutes=1)})

        with self.assertRaises(ValidationError):
            lead.stage_id = self.stage_qualified
        self.env["crm.standard.override"]._expire()

        self.assertEqual(override.state, "expired")

    def test_hours_of_the_rule_unless_the_approver_says_otherwise(self):
        self.rule.override_hours = 5

        override = self.grant(self.lead())

        self.assertEqual(override.date_expiry, self.env.cr.now() + timedelta(hours=5))

    def test_nobody_grants_for_longer_than_a_quarter(self):
        override = self.grant(self.lead(), hours=1_000_000)

        self.assertEqual(override.date_expiry, self.env.cr.now() + timedelta(days=90))

    def test_exception_from_what_must_stay_so(self):
        lead = self.lead(stage_id=self.stage_qualified.id, partner_id=self.customer.id)
        with self.assertRaises(ValidationError):
            lead.partner_id = False
        override = self.grant(lead)

        lead.partner_id = False

        self.assertFalse(lead.partner_id)
        self.assertEqual(override.state, "used")
        self.assertEqual(self.violations(lead).mapped("effect"), ["overridden"])

    def test_reason_is_required(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.ask(self.lead(), reason=" ")

    def test_rule_that_blocks_nothing_needs_no_exception(self):
        self.rule.strength = "record"

        with self.assertRaisesRegex(UserError, "stops nobody"):
            self.ask(self.lead())

    def test_rule_of_another_scope_is_not_asked_about(self):
        law = self.standard(
            self.rule_vals("enter", self.stage_other, ["partner_id"]),
            team_ids=[fields.Command.set(self.other_team.ids)],
        )
        with self.assertRaisesRegex(UserError, "does not speak"):
            self.ask(self.lead(), law.rule_ids)

    def test_t1_foreign_lead_cannot_be_asked_for(self):
        with self.assertRaises(AccessError):
            self.ask(self.lead().with_user(self.colleague))

    def test_nobody_grants_his_own(self):
        self.rule.override_role_id = self.role(self.leader)
        override = self.ask(self.lead().with_user(self.controller))

        self.assertEqual(override.approver_ids, self.leader)
        with self.assertRaises(AccessError):
            override.with_user(self.controller).action_approve()

    def test_role_of_the_rule_may_grant(self):
        self.rule.override_role_id = self.role(self.leader)
        override = self.ask(self.lead())

        override.with_user(self.leader).action_approve()

        self.assertEqual(override.state, "approved")

    def test_t18_the_second_of_two_moves_finds_nothing(self):
        lead = self.lead()
        override = self.grant(lead)
        register = self.env["crm.standard.override"]
        pair = {(lead.id, self.rule.id)}
        self.assertEqual(register._find_usable(pair), {(lead.id, self.rule.id): override.id})

        register._use([override.id])

        self.assertEqual(register._find_usable(pair), {})

    def test_t19_exception_is_sealed(self):
        override = self.ask(self.lead())
        values = {"state": "approved", "date_expiry": "2030-01-01"}

        for user in (self.salesman, self.controller, self.env.ref("base.user_root")):
            with self.subTest(user.login):
                record = override.with_user(user).sudo()
                with self.assertRaises(AccessError):
                    record.write(values)
                with self.assertRaises(AccessError):
                    record.unlink()
                with self.assertRaises(AccessError):
                    record.create([{**values, "lead_id": override.lead_id.id}])
                with self.assertRaises(AccessError):
                    record.copy(values)
        self.assertEqual(override.state, "requested")

    def test_history_stays_for_ever(self):
        lead = self.lead()
        override = self.grant(lead)
        lead.stage_id = self.stage_qualified
        lead.sudo().unlink()

        self.assertRecordValues(
            override.decision_ids.sorted("id"),
            [
                {"deed": "requested", "user_id": self.salesman.id},
                {"deed": "approved", "user_id": self.controller.id},
                {"deed": "used", "user_id": self.salesman.id},
            ],
        )
        self.assertEqual(override.lead_name, "Deal")
