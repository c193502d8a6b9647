from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestCompensation(ComplaintsCase):
    """Remedies granted: limits by role, approval by somebody else, what was done on record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.refund = cls.env.ref("crm_complaints.crm_complaint_remedy_refund")
        cls.apology = cls.env.ref("crm_complaints.crm_complaint_remedy_apology")
        cls.case = cls.complaint()
        # the leader is asked first; his limit is that of all clerks with a role of his own
        cls.leader.group_ids = [Command.link(cls.env.ref("crm_complaints.group_all").id)]

    def grant(self, user, amount, **values):
        return (
            self.env["crm.complaint.compensation"]
            .with_user(user)
            .create(
                {
                    "complaint_id": self.case.id,
                    "remedy_id": self.refund.id,
                    "amount": amount,
                    **values,
                }
            )
        )

    def deeds(self, compensation):
        log = compensation.sudo().deed_ids.sorted("id")
        return [(deed.deed, deed.user_id) for deed in log]

    def test_within_ones_limit_it_is_granted_at_once(self):
        compensation = self.grant(self.clerk, 100)

        self.assertRecordValues(
            compensation,
            [{"state": "approved", "user_id": self.clerk.id, "decider_id": self.clerk.id}],
        )
        self.assertEqual(self.case.compensation_amount, 100)

    def test_above_the_limit_somebody_else_is_asked(self):
        compensation = self.grant(self.clerk, 101)

        self.assertEqual(compensation.state, "proposed")
        self.assertFalse(compensation.can_decide)
        self.assertEqual(self.case.activity_ids.user_id, self.leader)
        self.assertEqual(self.case.compensation_amount, 0)

    def test_whoever_is_asked_approves_and_the_request_ends(self):
        compensation = self.grant(self.clerk, 101)
        compensation.with_user(self.leader).action_approve()

        self.assertRecordValues(compensation, [{"state": "approved", "decider_id": self.leader.id}])
        self.assertFalse(self.case.activity_ids)
        self.assertEqual(
            self.deeds(compensation), [("proposed", self.clerk), ("approved", self.leader)]
        )

    def test_the_limit_covers_all_that_is_granted_on_the_complaint(self):
        self.grant(self.clerk, 60)

        second = self.grant(self.clerk, 60)

        self.assertEqual(second.state, "proposed")

    def test_nobody_approves_his_own(self):
        compensation = self.grant(self.leader, 501)

        with self.assertRaisesRegex(UserError, "proposed himself"):
            compensation.action_approve()
        with self.assertRaisesRegex(UserError, "proposed himself"):
            compensation.action_refuse("No")

    def test_nobody_approves_what_he_proposed_before_another_changed_it(self):
        compensation = self.grant(self.clerk, 300)
        compensation.with_user(self.all_clerk).amount = 501
        self.clerk.group_ids = [Command.link(self.env.ref("crm_complaints.group_manager").id)]

        with self.assertRaisesRegex(UserError, "proposed himself"):
            compensation.with_user(self.clerk).action_approve()

    def test_nobody_approves_above_his_limit(self):
        compensation = self.grant(self.clerk, 501)

        with self.assertRaisesRegex(UserError, "above your limit"):
            compensation.with_user(self.leader).action_approve()
        compensation.with_user(self.manager).action_approve()

        self.assertEqual(compensation.state, "approved")

    def test_an_approval_counts_what_was_granted_meanwhile(self):
        waiting = self.grant(self.clerk, 400)
        self.grant(self.manager, 200)

        with self.assertRaisesRegex(UserError, "above your limit"):
            waiting.with_user(self.leader).action_approve()

    def test_a_limit_for_a_remedy_counts_before_the_common_one(self):
        self.env["crm.complaint.limit"].create(
            {
                "group_id": self.env.ref("crm_complaints.group_user").id,
                "kind": "discount",
                "amount": 5,
            }
        )
        discount = self.env.ref("crm_complaints.crm_complaint_remedy_discount")

        compensation = self.grant(self.clerk, 6, remedy_id=discount.id)

        self.assertEqual(compensation.state, "proposed")

    def test_a_changed_amount_is_a_new_proposal(self):
        compensation = self.grant(self.clerk, 300)

        compensation.amount = 90

        self.assertEqual(compensation.state, "approved")
        self.assertEqual(
            [deed for deed, _user in self.deeds(compensation)],
            ["proposed", "proposed", "approved"],
        )

    def test_what_is_decided_cannot_be_changed(self):
        compensation = self.grant(self.clerk, 50)

        for vals in ({"amount": 60}, {"remedy_id": self.apology.id}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "Withdraw it"):
                compensation.write(vals)
        with self.assertRaisesRegex(UserError, "only withdrawn"):
            compensation.sudo().unlink()

    def test_t19_states_and_names_follow_from_deeds_only(self):
        compensation = self.grant(self.clerk, 300)

        for vals in (
            {"state": "approved"},
            {"decider_id": self.leader.id},
            {"user_id": self.leader.id},
            {"company_amount": 1},
        ):
            with self.subTest(vals):
                with self.assertRaisesRegex(UserError, "nobody can write it"):
                    compensation.sudo().write(vals)
                with self.assertRaisesRegex(UserError, "nobody can write it"):
                    self.grant(self.manager, 1, **vals)
        with self.assertRaises(AccessError):
            compensation.sudo().deed_ids.write({"user_id": self.leader.id})

    def test_t4_no_default_of_a_context_approves(self):
        compensations = self.env["crm.complaint.compensation"].with_user(self.clerk)

        compensation = compensations.with_context(
            default_state="approved", default_user_id=self.leader.id
        ).create({"complaint_id": self.case.id, "remedy_id": self.refund.id, "amount": 900})

        self.assertRecordValues(compensation, [{"state": "proposed", "user_id": self.clerk.id}])

    def test_refusing_and_withdrawing_ask_for_the_reason(self):
        first, second = self.grant(self.clerk, 300), self.grant(self.clerk, 350)
        action = first.with_user(self.leader).action_refuse()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.leader)
            .with_context(**action["context"])
            .create({"reason": "Nothing was broken"})
        )

        wizard.action_end()
        second.action_withdraw("The customer wants a repair")

        self.assertRecordValues(
            first | second,
            [
                {"state": "refused", "reason": "Nothing was broken"},
                {"state": "withdrawn", "reason": "The customer wants a repair"},
            ],
        )
        self.assertFalse(self.case.activity_ids)

    def test_t14_the_dialog_gives_no_right(self):
        compensation = self.grant(self.clerk, 300)
        vals = {
            "compensation_ids": [Command.set(compensation.ids)],
            "deed": "refused",
            "reason": "Because",
        }
        dialogs = self.env["crm.complaint.compensation.end"]

        with self.assertRaises(AccessError):
            dialogs.with_user(self.colleague).create(vals)
        with self.assertRaisesRegex(UserError, "proposed himself"):
            dialogs.with_user(self.clerk).create(vals).action_end()

    def test_carrying_out_books_the_cost(self):
        compensation = self.grant(self.clerk, 80, description="Shelf")

        compensation.action_carry_out()

        self.assertEqual(compensation.state, "carried_out")
        self.assertRecordValues(
            self.case.cost_ids,
            [{"kind": "credit", "amount": 80, "name": "Shelf", "is_booked": True}],
        )
        with self.assertRaisesRegex(UserError, "already"):
            compensation.action_carry_out()

    def test_a_document_taken_back_makes_it_wait_again_and_cost_nothing(self):
        compensation = self.grant(self.clerk, 80)
        compensation.action_carry_out()

        compensation._take_back("The voucher was cancelled")

        self.assertRecordValues(compensation, [{"state": "approved", "date_done": False}])
        self.assertFalse(self.case.cost_ids)
        self.assertEqual(self.deeds(compensation)[-1], ("taken_back", self.clerk))

    def test_only_what_is_granted_is_carried_out(self):
        with self.assertRaisesRegex(UserError, "already"):
            self.grant(self.clerk, 300).action_carry_out()

    def test_an_apology_needs_no_amount_and_a_refund_does(self):
        apology = self.grant(self.clerk, 0, remedy_id=self.apology.id)
        apology.action_carry_out()

        self.assertFalse(self.case.cost_ids)
        with self.assertRaisesRegex(ValidationError, "is worth"):
            self.grant(self.clerk, 0)

    def test_money_in_another_currency_counts_at_the_rate_of_the_day(self):
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "x"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 2.0, "name": "2026-03-01"}
        )

        compensation = self.grant(self.clerk, 200, currency_id=currency.id)

        self.assertRecordValues(compensation, [{"company_amount": 100, "state": "approved"}])

    def test_money_without_a_rate_is_refused_with_the_way_out(self):
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "x"})

        with self.assertRaisesRegex(ValidationError, "XTS has no rate"):
            self.grant(self.clerk, 1, currency_id=currency.id)

    def test_the_list_of_what_waits_is_ones_own(self):
        low, high = self.grant(self.clerk, 200), self.grant(self.clerk, 900)

        for user, waits in [
            (self.clerk, []),
            (self.leader, low.ids),
            (self.manager, [high.id, low.id]),
            (self.colleague, []),
        ]:
            with self.subTest(user=user.login):
                found = low.with_user(user).search([("can_decide", "=", True)])
                self.assertEqual(found.ids, waits)

    def test_t15_others_neither_see_nor_grant(self):
        compensation = self.grant(self.clerk, 10)

        for user in (self.colleague, self.salesman, self.customer_user):
            with self.subTest(user=user.login):
                self.assertFalse(compensation.with_user(user).has_access("read"))
                with self.assertRaises(AccessError):
                    self.grant(user, 1)
                with self.assertRaises(AccessError):
                    compensation.with_user(user).action_carry_out()
