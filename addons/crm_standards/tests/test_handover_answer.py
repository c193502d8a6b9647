from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .handover_common import HandoverCase


@tagged("post_install", "-at_install")
class TestHandoverAnswer(HandoverCase):
    """Receivers accept or decline, each his own part and once; a controller orders."""

    def test_nothing_moves_before_the_receiver_accepts(self):
        handover = self.handover()

        handover.action_offer()

        self.assertEqual(handover.state, "offered")
        self.assertEqual(self.deal.user_id, self.salesman)
        asked = handover.sudo().activity_ids
        self.assertEqual(asked.user_id, self.colleague)

    def test_declined_work_stays_and_the_asker_is_told_why(self):
        handover = self.handover()
        handover.action_offer()

        self.env["crm.standard.handover.reason"].with_user(self.colleague).create(
            {"handover_id": handover.id, "deed": "decline", "reason": "I am away, too"}
        ).action_confirm()

        self.assertEqual(handover.state, "declined")
        self.assertEqual(self.deal.user_id, self.salesman)
        self.assertIn("I am away, too", handover.sudo().activity_ids.summary)

    def test_declined_work_can_be_offered_to_somebody_else(self):
        handover = self.handover()
        handover.action_offer()
        handover.with_user(self.colleague)._decline("no")

        handover.action_draft()
        handover.receiver_ids = self.leader
        handover.action_offer()
        handover.with_user(self.leader).action_accept()

        self.assertEqual(self.deal.user_id, self.leader)

    def test_each_of_several_receivers_answers_for_his_part(self):
        other = self.lead(name="Other Deal")
        handover = self.handover(receivers=self.colleague + self.leader, rule="turn")
        handover.action_offer()
        parts = {
            user: self.line(handover, lead)
            for lead in (self.deal, other)
            for user in self.line(handover, lead).receiver_id
        }
        self.assertEqual(len(parts), 2)

        handover.with_user(self.colleague).action_accept()
        self.assertEqual(handover.state, "offered")
        handover.with_user(self.leader)._decline("no time")

        self.assertEqual(handover.state, "done")
        self.assertEqual(parts[self.colleague].state, "moved")
        self.assertEqual(parts[self.leader].state, "skipped")

    def two_receivers(self):
        """Offer the work to two people; the colleague has accepted his part already."""
        self.lead(name="Other Deal")
        handover = self.handover(receivers=self.colleague + self.leader, rule="turn")
        handover.action_offer()
        handover.with_user(self.colleague).action_accept()
        self.assertEqual(handover.state, "offered")
        return handover

    def test_accepted_part_is_not_declined_afterwards(self):
        handover = self.two_receivers()

        with self.assertRaisesRegex(UserError, "has answered already"):
            handover.with_user(self.colleague)._decline("changed my mind")

        mine = handover.sudo().line_ids.filtered(lambda x: x.receiver_id == self.colleague)
        self.assertEqual(set(mine.mapped("state")), {"moved"})

    def test_offer_that_somebody_accepted_is_not_cancelled(self):
        handover = self.two_receivers()

        with self.assertRaisesRegex(UserError, "Some have accepted already"):
            handover._cancel("a mistake")

        self.assertEqual(handover.state, "offered")

    def test_controller_orders_at_once_with_a_reason(self):
        handover = self.handover(user=self.controller)

        handover._order_now("He left this morning")

        self.assertRecordValues(
            handover, [{"state": "done", "order_reason": "He left this morning"}]
        )
        self.assertEqual(self.deal.user_id, self.colleague)

    def test_giver_does_not_take_back_what_a_controller_ordered(self):
        handover = self.handover(user=self.controller)
        handover._order_now("He left this morning")

        self.assertFalse(handover.with_user(self.salesman).can_take_back)
        with self.assertRaisesRegex(AccessError, "He left this morning"):
            handover.with_user(self.salesman).action_take_back()
        handover.action_take_back()

        self.assertEqual(self.deal.user_id, self.salesman)

    def test_dialog_says_what_is_about_to_be_done(self):
        handover = self.handover(user=self.controller)

        titles = [
            action()["name"]
            for action in (handover.action_decline, handover.action_order, handover.action_cancel)
        ]

        self.assertEqual(
            titles,
            [
                "Why do you decline the work of Sam Seller?",
                "Why is the work of Sam Seller moved at once?",
                "Why is the hand-over of Sam Seller cancelled?",
            ],
        )

    def test_only_a_controller_orders(self):
        handover = self.handover()

        with self.assertRaises(AccessError):
            handover._order_now("because")

    def test_nobody_hands_over_to_himself(self):
        with self.assertRaises(ValidationError):
            self.handover(receivers=self.salesman)

    def test_absence_needs_its_end(self):
        handover = self.handover(reason="absence")

        with self.assertRaisesRegex(ValidationError, "until when"):
            handover.action_offer()

    def test_accepted_twice_moves_once(self):
        handover = self.handover()
        handover.action_offer()
        handover.with_user(self.colleague).action_accept()

        with self.assertRaises(UserError):
            handover.with_user(self.colleague).action_accept()

        self.assertEqual(len(self.line(handover, self.deal)), 1)
