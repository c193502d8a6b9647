from odoo.exceptions import AccessError, UserError, ValidationError

from .common import StandardsCase


class TestApproval(StandardsCase):
    """A role agrees that a lead goes on: somebody else than who asks, on the facts as they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.director,) = cls._make_users(("std_director", "Dora Director", "base.group_user"))
        cls.law = cls.standard(
            cls.asking(
                "approval",
                role_id=cls.role(cls.director).id,
                fields=["expected_revenue", "partner_id"],
                name="Discount",
            )
        )
        cls.rule = cls.law.rule_ids

    def ask(self, lead, reason="Big customer"):
        state = lead.action_request_standard_approval(self.rule.id, reason)
        return self.env["crm.standard.approval"].browse(state["id"])

    def test_lead_waits_for_the_approval_of_the_role(self):
        lead = self.lead(expected_revenue=100)

        with self.assertRaisesRegex(ValidationError, "get the approval of: Sales director"):
            lead.stage_id = self.stage_qualified
        approval = self.ask(lead)
        with self.assertRaises(ValidationError):
            lead.stage_id = self.stage_qualified
        approval.with_user(self.director).action_approve()
        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertRecordValues(
            approval.decision_ids.sorted("id"),
            [
                {"deed": "requested", "user_id": self.salesman.id, "reason": "Big customer"},
                {"deed": "approved", "user_id": self.director.id, "reason": False},
            ],
        )

    def test_approver_is_told_by_an_activity_that_ends_with_the_decision(self):
        approval = self.ask(self.lead())
        self.assertEqual(approval.activity_ids.user_id, self.director)

        approval.with_user(self.director).action_refuse("Too much")

        self.assertFalse(approval.activity_ids)
        self.assertRecordValues(approval, [{"state": "refused", "decision_reason": "Too much"}])

    def test_approver_reads_the_facts_without_seeing_the_lead(self):
        lead = self.lead(expected_revenue=100, partner_id=self.customer.id)
        approval = self.ask(lead).with_user(self.director)

        self.assertFalse(lead.with_user(self.director).has_access("read"))
        self.assertEqual(approval.facts_text, "Expected Revenue: 100\nContact: Customer Ltd")
        self.assertTrue(approval.can_decide)

    def test_approval_lapses_when_a_fact_changes(self):
        lead = self.lead(expected_revenue=100)
        approval = self.ask(lead)
        approval.with_user(self.director).action_approve()

        lead.expected_revenue = 200
        self.assertTrue(approval.has_lapsed)
        with self.assertRaises(ValidationError):
            lead.stage_id = self.stage_qualified
        lead.expected_revenue = 100

        lead.stage_id = self.stage_qualified

    def test_approval_lapses_when_the_rule_wants_another_role(self):
        lead = self.lead(expected_revenue=100)
        approval = self.ask(lead)
        approval.with_user(self.director).action_approve()

        self.rule.role_id = self.role(self.leader, name="Head of finance")

        self.assertTrue(approval.has_lapsed)
        with self.assertRaisesRegex(ValidationError, "Head of finance"):
            lead.stage_id = self.stage_qualified

    def test_approval_stays_when_people_of_the_role_change(self):
        lead = self.lead(expected_revenue=100)
        self.ask(lead).with_user(self.director).action_approve()

        self.rule.role_id.user_ids = self.leader
        lead.stage_id = self.stage_qualified

        self.assertEqual(lead.stage_id, self.stage_qualified)

    def test_approval_asked_of_a_former_role_cannot_be_given(self):
        approval = self.ask(self.lead())
        self.rule.role_id = self.role(self.leader, name="Head of finance")

        with self.assertRaisesRegex(UserError, "another role"):
            approval.with_user(self.director).action_approve()

    def test_approval_on_changed_facts_cannot_be_given(self):
        lead = self.lead(expected_revenue=100)
        approval = self.ask(lead)
        lead.expected_revenue = 200

        with self.assertRaisesRegex(UserError, "other facts"):
            approval.with_user(self.director).action_approve()

    def test_fact_cannot_change_in_the_stage_the_approval_opened(self):
        lead = self.lead(expected_revenue=100)
        self.ask(lead).with_user(self.director).action_approve()
        lead.stage_id = self.stage_qualified

        with self.assertRaisesRegex(ValidationError, "Discount"):
            lead.expected_revenue = 1
        with self.machine():
            lead.expected_revenue = 1

        self.assertEqual(lead.expected_revenue, 100)

    def test_approval_is_for_one_lead(self):
        self.ask(self.lead()).with_user(self.director).action_approve()

        with self.assertRaises(ValidationError):
            self.lead().stage_id = self.stage_qualified

    def test_refusal_must_say_why(self):
        approval = self.ask(self.lead()).with_user(self.director)

        with self.assertRaisesRegex(UserError, "Say why"):
            approval.action_refuse("  ")

    def test_nobody_approves_his_own_request(self):
        self.rule.role_id.user_ids = self.salesman + self.director
        approval = self.ask(self.lead())

        self.assertEqual(approval.approver_ids, self.director)
        for env in (self.env(user=self.salesman), self.env(user=self.salesman, su=True)):
            with self.assertRaises(AccessError):
                approval.with_env(env).action_approve()
        self.assertEqual(approval.state, "requested")

    def test_owner_decides_where_the_asker_fills_the_role_alone(self):
        self.rule.role_id.user_ids = self.salesman

        self.assertEqual(self.ask(self.lead()).approver_ids, self.controller)

    def test_nobody_left_to_decide_is_said(self):
        self.rule.role_id.user_ids = self.salesman
        self.law.user_id = self.salesman

        with self.assertRaisesRegex(UserError, "Nobody is there to decide"):
            self.ask(self.lead())

    def test_only_those_asked_decide(self):
        approval = self.ask(self.lead())

        for user in (self.leader, self.controller, self.env.ref("base.user_admin")):
            with self.subTest(user.login), self.assertRaises(AccessError):
                approval.with_user(user).action_approve()

    def test_machine_decides_nothing(self):
        approval = self.ask(self.lead())

        with self.machine(), self.assertRaises(AccessError):
            approval.with_user(self.director).action_approve()
        with self.assertRaises(AccessError):
            approval.sudo().with_user(self.env.ref("base.user_root")).action_approve()

    def test_delegated_to_somebody_else_but_never_to_the_asker(self):
        approval = self.ask(self.lead()).with_user(self.director)

        with self.assertRaises(UserError):
            approval.action_delegate(self.salesman.id)
        approval.action_delegate(self.leader.id, "On leave")

        with self.assertRaises(AccessError):
            approval.action_approve()
        approval.with_user(self.leader).action_approve()
        self.assertEqual(
            approval.sudo().decision_ids.sorted("id").mapped("deed"),
            ["requested", "delegated", "approved"],
        )

    def test_asker_takes_his_request_back(self):
        approval = self.ask(self.lead())

        with self.assertRaises(AccessError):
            approval.with_user(self.director).action_withdraw()
        approval.with_user(self.salesman).action_withdraw()

        self.assertEqual(approval.state, "withdrawn")

    def test_asking_twice_is_asking_once(self):
        lead = self.lead()

        self.assertEqual(self.ask(lead), self.ask(lead))

    def test_decided_once(self):
        approval = self.ask(self.lead()).with_user(self.director)
        approval.action_refuse("No")

        with self.assertRaisesRegex(UserError, "decided already"):
            approval.action_approve()

    def test_t18_decision_is_sealed(self):
        approval = self.ask(self.lead())
        decision = approval.decision_ids

        for records, vals in ((approval, {"state": "approved"}), (decision, {"deed": "approved"})):
            with self.subTest(records._name):
                for deed in (lambda r=records, v=vals: r.sudo().write(v), records.sudo().unlink):
                    with self.assertRaises(AccessError):
                        deed()
                with self.assertRaises(AccessError):
                    records.sudo().create([{**vals, "lead_id": 1}])

    def test_dialog_decides_with_the_rights_of_whoever_uses_it(self):
        approval = self.ask(self.lead())
        dialog = self.env["crm.standard.decide"]
        values = {"res_model": approval._name, "res_id": approval.id, "deed": "approve"}

        with self.assertRaises(AccessError):
            dialog.with_user(self.salesman).create(values).action_decide()
        dialog.with_user(self.director).create(values).action_decide()

        self.assertEqual(approval.state, "approved")

    def test_clock_runs_until_somebody_decides(self):
        self.rule.decision_policy_id = self.env["crm.deadline.policy"].create(
            {"name": "Decide in a day", "term_amount": 1, "term_unit": "working_days"}
        )
        approval = self.ask(self.lead())
        self.assertEqual(approval.sudo().deadline_clock_ids.state, "running")

        approval.with_user(self.director).action_approve()

        self.assertEqual(approval.sudo().deadline_clock_ids.state, "met")
