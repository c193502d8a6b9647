from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DeliveriesCase


@tagged("post_install", "-at_install")
class TestReturn(DeliveriesCase):
    def test_the_wizard_is_filled_with_what_is_to_come_back(self):
        wizard = self._return_wizard(self._grant("return_goods", goods_quantity=2))

        lines = {line.product_id: line.quantity for line in wizard.product_return_moves}
        self.assertEqual(lines, {self.cabinet: 2, self.lamp: 0})

    def test_the_return_takes_back_the_lot_of_the_complaint(self):
        mixed = self._deliver(self.customer, (self.cabinet, 3, self.new_lot))
        self.env["stock.move.line"].create(
            {**mixed.move_ids._prepare_move_line_vals(1), "lot_id": self.lot.id}
        )
        complaint = self.complaint(picking_id=mixed.id, lot_id=self.lot.id)
        compensation = self._grant("return_goods", complaint)

        self._return_wizard(compensation).action_create_returns()

        lines = compensation.return_picking_id.move_line_ids
        self.assertRecordValues(lines, [{"lot_id": self.lot.id, "quantity": 1}])

    def test_a_return_that_came_carries_a_return_of_goods_out(self):
        compensation = self._grant("return_goods")
        self._return_wizard(compensation).action_create_returns()

        self._finish(compensation.return_picking_id, self.packer)

        self.assertRecordValues(compensation, [{"state": "carried_out"}])
        self.assertEqual(compensation.deed_ids[:1].user_id, self.packer)

    def test_a_return_that_came_pays_no_refund(self):
        compensation = self._grant("refund")
        self._return_wizard(compensation).action_create_returns()

        self._finish(compensation.return_picking_id)

        self.assertEqual(compensation.state, "approved")

    def test_a_delivery_that_is_not_done_is_refused(self):
        late = self._deliver(self.customer, (self.lamp, 1, None), done=False)
        compensation = self._grant("return_goods", self.complaint(picking_id=late.id))

        with self.assertRaisesRegex(UserError, "is not done"):
            compensation.with_user(self.keeper).action_return()

    def test_a_complaint_without_a_delivery_is_refused(self):
        compensation = self._grant("return_goods", self.complaint())

        with self.assertRaisesRegex(UserError, "which delivery"):
            compensation.with_user(self.keeper).action_return()

    def test_a_product_that_was_not_delivered_is_refused(self):
        complaint = self.complaint(
            picking_id=self._deliver(self.customer, (self.lamp, 1, None)).id,
            product_id=self.cabinet.id,
        )

        with self.assertRaisesRegex(UserError, "was not in the delivery"):
            self._grant("return_goods", complaint).with_user(self.keeper).action_return()

    def test_when_all_has_come_back_nothing_is_left_to_return(self):
        first = self._grant("return_goods", goods_quantity=5)
        self._return_wizard(first).action_create_returns()
        second = self._grant("return_goods", first.complaint_id)

        with self.assertRaisesRegex(UserError, "Nothing is left"):
            second.with_user(self.keeper).action_return()

    def test_no_more_than_is_left_is_taken_back(self):
        wizard = self._return_wizard(self._grant("return_goods"))
        wizard.product_return_moves[0].quantity = 6

        with self.assertRaisesRegex(UserError, "only 5 can come back"):
            wizard.action_create_returns()

    def test_no_more_than_was_delivered_is_proposed(self):
        wizard = self._return_wizard(self._grant("return_goods", goods_quantity=50))

        self.assertEqual(wizard.product_return_moves[0].quantity, 5)

    def test_a_cancelled_return_may_be_made_anew(self):
        compensation = self._grant("return_goods")
        self._return_wizard(compensation).action_create_returns()
        compensation.return_picking_id.action_cancel()

        self._return_wizard(compensation).action_create_returns()

        self.assertNotEqual(compensation.return_picking_id.state, "cancel")

    def test_t18_a_second_return_is_refused(self):
        compensation = self._grant("return_goods")
        wizard = self._return_wizard(compensation)
        other = self._return_wizard(compensation)
        wizard.action_create_returns()

        with self.assertRaisesRegex(UserError, "transfer already"):
            other.action_create_returns()

    def test_what_is_not_granted_does_not_come_back(self):
        compensation = self._grant("return_goods", user=self.clerk, amount=10**6)
        self.assertEqual(compensation.state, "proposed")

        with self.assertRaisesRegex(UserError, "Proposed"):
            compensation.with_user(self.keeper).action_return()

    def test_an_apology_moves_no_goods(self):
        compensation = self._grant("apology", amount=0)

        with self.assertRaisesRegex(UserError, "needs none"):
            compensation.with_user(self.keeper).action_return()

    def test_goods_come_back_from_the_delivery_of_the_complaint_only(self):
        compensation = self._grant("return_goods")
        wizard = self._return_wizard(compensation)
        wizard.picking_id = self._deliver(self.customer, (self.cabinet, 1, self.new_lot))

        with self.assertRaisesRegex(UserError, "its own delivery"):
            wizard.action_create_returns()

    def test_replaced_goods_stay_sold(self):
        actions = [
            self._grant(kind).with_user(self.keeper).action_return()
            for kind in ("replacement", "return_goods")
        ]

        refunds = [action["context"]["default_to_refund"] for action in actions]
        self.assertEqual(refunds, [False, True])

    def test_a_return_without_a_complaint_is_as_ever(self):
        context = {"active_model": "stock.picking", "active_id": self.delivery.id}
        wizard = self.env["stock.return.picking"].with_user(self.packer).with_context(**context)
        wizard = wizard.create({})

        self.assertEqual(set(wizard.product_return_moves.mapped("quantity")), {0})
        wizard.action_create_returns_all()
        self.assertEqual(len(self.delivery.return_ids), 1)
