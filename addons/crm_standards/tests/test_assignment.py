from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError

from .common import StandardsCase

MONDAY = datetime(2026, 3, 2, 8)


@freeze_time(MONDAY)
class TestAssignment(StandardsCase):
    """Orders by hand: given, taken on, done, checked; each by whom it is up to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "A day", "term_amount": 1, "term_unit": "calendar_days"}
        )

    def order(self, **values):
        """Return an order of the leader to the salesman, controlled by the colleague."""
        orders = self.env["crm.standard.assignment"].with_user(self.leader)
        return orders.create(
            {
                "name": "Send the samples",
                "user_id": self.salesman.id,
                "controller_id": self.colleague.id,
                "accept_policy_id": self.policy.id,
                "work_policy_id": self.policy.id,
                **values,
            }
        )

    def do(self, order, user, deed, reason="Because"):
        """Press a button that asks why, and answer."""
        action = getattr(order.with_user(user), f"action_{deed}")()
        wizard = self.env["crm.standard.assignment.reason"].with_user(user)
        wizard.with_context(**action["context"]).create({"reason": reason}).action_do()

    def test_order_goes_its_way_and_the_log_says_so(self):
        order = self.order()

        order.with_user(self.salesman).action_accept()
        order.with_user(self.salesman).action_finish()
        self.do(order, self.colleague, "return", "Labels are missing")
        order.with_user(self.salesman).action_finish()
        order.with_user(self.colleague).action_check()

        log = order.event_ids.sorted("id")
        self.assertEqual(
            log.mapped("deed"), ["offer", "accept", "finish", "return", "finish", "check"]
        )
        self.assertEqual(log[3].reason, "Labels are missing")
        self.assertEqual(log.mapped("user_id"), self.leader + self.salesman + self.colleague)

    def test_decline_goes_back_to_the_sender_with_the_reason(self):
        order = self.order()

        self.do(order, self.salesman, "decline", "I am in court that day")

        self.assertEqual((order.state, order.reason), ("declined", "I am in court that day"))
        self.assertEqual(order.activity_ids.user_id, self.leader)
        self.assertIn("I am in court", order.activity_ids.note)

    def test_each_side_is_asked_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.salesman.lang = self.leader.lang = "ru_RU"

        order = self.order(name="Labels")

        self.assertEqual(order.activity_ids.summary, "Примите или отклоните: Labels")
        self.do(order, self.salesman, "decline")
        self.assertEqual(order.activity_ids.summary, "Отклонено: решите, что дальше: Labels")

    def test_sender_offers_what_was_declined_to_somebody_else(self):
        order = self.order(controller_id=False)
        self.do(order, self.salesman, "decline")

        order.user_id = self.colleague
        order.action_offer()

        self.assertEqual(order.state, "offered")
        self.assertEqual(order._deadline_open().user_id, self.colleague)
        self.assertEqual(order.activity_ids.user_id, self.colleague)

    def test_acceptance_and_work_have_clocks_of_their_own(self):
        order = self.order()
        offered = order._deadline_open()

        order.with_user(self.salesman).action_accept()

        self.assertEqual(offered.mapped("kind"), ["crm_standards.accept"])
        self.assertEqual(order._deadline_open().mapped("kind"), ["crm_standards.work"])
        self.assertEqual(order.date_deadline, order._deadline_open().date_due)

    def test_t14_each_deed_is_for_its_party_only(self):
        table = {
            "accept": ("offered", self.salesman),
            "finish": ("accepted", self.salesman),
            "check": ("done", self.colleague),
        }
        order = self.order()
        for deed, (_state, doer) in table.items():
            for user in self.salesman + self.colleague + self.leader:
                with self.subTest(deed=deed, user=user.login):
                    if user != doer:
                        with self.assertRaises(AccessError):
                            getattr(order.with_user(user), f"action_{deed}")()
            getattr(order.with_user(doer), f"action_{deed}")()
        self.assertEqual(order.state, "checked")

    def test_t14_wizard_cannot_be_given_another_deed_or_order(self):
        order = self.order()
        wizard = self.env["crm.standard.assignment.reason"].with_user(self.colleague)
        for deed in ("accept", "finish", "decline", "cancel"):
            with self.subTest(deed), self.assertRaises(AccessError):
                wizard.create(
                    {"assignment_ids": order.ids, "deed": deed, "reason": "x"}
                ).action_do()

    def test_t4_what_became_of_it_is_not_written_by_hand(self):
        order = self.order()

        for values in ({"state": "checked"}, {"is_late": False}, {"sender_id": 1}, {"date": False}):
            for user in (self.leader, self.salesman, self.controller):
                with self.subTest(values, user=user.login), self.assertRaises(AccessError):
                    order.with_user(user).write(values)
            with self.assertRaises(AccessError):
                order.sudo().write(values)

    def test_t4_new_order_starts_at_the_beginning(self):
        order = self.order(state="checked", sender_id=self.controller.id, is_late=True)

        self.assertRecordValues(
            order, [{"state": "offered", "sender_id": self.leader.id, "is_late": False}]
        )

    def test_terms_stand_once_accepted(self):
        order = self.order()
        order.with_user(self.salesman).action_accept()

        with self.assertRaisesRegex(UserError, "accepted as it is"):
            order.date_deadline = "2026-03-02 09:00:00"

    def test_receiver_does_not_change_his_own_terms(self):
        with self.assertRaisesRegex(AccessError, "Only who gave"):
            self.order().with_user(self.salesman).date_deadline = "2027-01-01 00:00:00"

    def test_nobody_checks_his_own_work(self):
        with self.assertRaisesRegex(ValidationError, "own work"):
            self.order(controller_id=self.salesman.id)

    def test_order_to_oneself_is_checked_by_another(self):
        order = self.order(user_id=self.leader.id, controller_id=False)
        order.action_accept()
        order.action_finish()

        with self.assertRaises(AccessError):
            order.action_check()

    def test_t1_order_about_a_deal_one_cannot_see_is_refused(self):
        lead = self.lead()

        with self.assertRaises(AccessError):
            self.env["crm.standard.assignment"].with_user(self.colleague).create(
                {"name": "x", "user_id": self.colleague.id, "lead_id": lead.id}
            )

    def test_t1_assignment_gives_no_rights_to_the_deal(self):
        lead = self.lead()
        lead.sudo().team_id = self.team
        orders = self.env["crm.standard.assignment"].with_user(self.salesman)
        order = orders.create({"name": "x", "user_id": self.colleague.id, "lead_id": lead.id})

        order.with_user(self.colleague).action_accept()

        self.assertFalse(lead.with_user(self.colleague).has_access("read"))
        self.assertEqual(order.with_user(self.colleague).lead_name, "Deal")

    def test_t19_log_cannot_be_changed_by_anybody(self):
        order = self.order()

        for deed in (
            lambda: order.event_ids.sudo().write({"reason": "x"}),
            lambda: order.event_ids.sudo().unlink(),
            lambda: order.event_ids.sudo().create({"assignment_id": order.id}),
            lambda: order.sudo().copy(),
        ):
            with self.assertRaises(UserError):
                deed()
        with self.assertRaises(UserError):
            order.sudo().unlink()

    def test_t18_double_click_accepts_once(self):
        order = self.order().with_user(self.salesman)
        order.action_accept()

        with self.assertRaisesRegex(UserError, "quicker"):
            order.action_accept()

    def test_missed_deadline_marks_it_late(self):
        order = self.order()
        order.with_user(self.salesman).action_accept()

        with freeze_time("2026-03-09 08:00:00"), self.enter_registry_test_mode():
            self.env.ref("crm_deadline.ir_cron_sweep").method_direct_trigger()

        self.assertTrue(order.is_late)

    def test_date_by_hand_marks_it_late_too(self):
        order = self.order(work_policy_id=False, date_deadline="2026-03-03 12:00:00")
        order.with_user(self.salesman).action_accept()

        with freeze_time("2026-03-04 08:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "crm_standards.crm_standard_assignment_cron_mark_late"
            ).method_direct_trigger()

        self.assertTrue(order.is_late)

    def test_report_shows_in_time_and_late_by_receiver(self):
        in_time, late = self.order(), self.order(work_policy_id=False)
        late.date_deadline = "2026-03-02 07:00:00"
        (in_time + late).with_user(self.salesman).action_accept()
        (in_time + late).with_user(self.salesman).action_finish()

        groups = self.env["crm.standard.assignment"]._read_group(
            [("id", "in", (in_time + late).ids)], ["user_id", "is_late"], ["count:sum"]
        )

        self.assertEqual(groups, [(self.salesman, False, 1), (self.salesman, True, 1)])

    def test_t6_reason_is_shown_as_text(self):
        order = self.order()

        self.do(order, self.salesman, "decline", "<script>alert(1)</script>")

        self.assertNotIn("<script", order.activity_ids.note)
        self.assertIn("alert(1)", order.activity_ids.note)
