from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DeliveriesCase


@tagged("post_install", "-at_install")
class TestReplacement(DeliveriesCase):
    def _replace(self, compensation):
        compensation.with_user(self.keeper).action_replace()
        return compensation.replacement_picking_id

    def test_a_replacement_is_a_new_delivery_to_the_same_place(self):
        picking = self._replace(self._grant("replacement", goods_quantity=2))

        self.assertRecordValues(
            picking,
            [
                {
                    "partner_id": self.customer.id,
                    "picking_type_code": "outgoing",
                    "location_dest_id": self.delivery.location_dest_id.id,
                    "state": "assigned",
                    "return_id": False,
                }
            ],
        )
        self.assertRecordValues(
            picking.move_ids, [{"product_id": self.cabinet.id, "product_uom_qty": 2}]
        )

    def test_a_complaint_without_a_delivery_is_replaced_from_the_stock(self):
        complaint = self.complaint(product_id=self.lamp.id)

        picking = self._replace(self._grant("replacement", complaint))

        self.assertEqual(picking.location_id, self.warehouse.lot_stock_id)
        self.assertEqual(picking.location_dest_id.usage, "customer")

    def test_when_it_is_done_the_compensation_is_carried_out(self):
        compensation = self._grant("replacement")

        self._finish(self._replace(compensation), self.packer)

        self.assertRecordValues(compensation, [{"state": "carried_out"}])

    def test_its_cost_is_the_cost_price_of_what_was_sent(self):
        compensation = self._grant("replacement", goods_quantity=2)

        self._finish(self._replace(compensation))

        self.assertRecordValues(
            compensation.cost_ids, [{"kind": "replacement", "amount": 140, "is_booked": True}]
        )

    def test_without_a_cost_price_it_cost_what_was_granted(self):
        self.cabinet.standard_price = 0
        compensation = self._grant("replacement", amount=95)

        self._finish(self._replace(compensation))

        self.assertEqual(compensation.cost_ids.amount, 95)

    def test_a_replacement_that_comes_back_costs_less(self):
        compensation = self._grant("replacement", goods_quantity=2)
        picking = self._replace(compensation)
        self._finish(picking)

        self._take_back(picking, 1)

        self.assertEqual(sum(compensation.cost_ids.mapped("amount")), 70)

    def test_a_replacement_that_comes_back_wholly_costs_nothing(self):
        compensation = self._grant("replacement", goods_quantity=2)
        picking = self._replace(compensation)
        self._finish(picking)

        self._take_back(picking, 2)

        self.assertFalse(compensation.cost_ids)

    def _take_back(self, picking, quantity):
        context = {"active_model": "stock.picking", "active_id": picking.id}
        wizard = self.env["stock.return.picking"].with_user(self.packer).with_context(**context)
        wizard = wizard.create({})
        wizard.product_return_moves.quantity = quantity
        wizard.action_create_returns()
        self._finish(picking.return_ids, self.packer)

    def test_it_is_carried_out_only_when_what_was_left_behind_has_gone_too(self):
        compensation = self._grant("replacement", goods_quantity=2)
        picking = self._replace(compensation)
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking._action_done()
        states = [compensation.state]

        self._finish(picking.backorder_ids)

        self.assertEqual([*states, compensation.state], ["approved", "carried_out"])
        self.assertEqual(sum(compensation.cost_ids.mapped("amount")), 140)

    def test_it_is_not_called_carried_out_while_the_transfer_is_open(self):
        compensation = self._grant("replacement")
        self._replace(compensation)

        with self.assertRaisesRegex(UserError, "is open"):
            compensation.with_user(self.all_clerk).action_carry_out()

    def test_t18_a_second_replacement_is_refused(self):
        compensation = self._grant("replacement")
        self._replace(compensation)

        with self.assertRaisesRegex(UserError, "transfer already"):
            self._replace(compensation)

    def test_a_cancelled_replacement_may_be_made_anew(self):
        compensation = self._grant("replacement")
        first = self._replace(compensation)
        first.action_cancel()

        self.assertNotEqual(self._replace(compensation), first)

    def test_a_service_is_not_replaced(self):
        service = self.env["product.product"].create({"name": "Advice", "type": "service"})
        compensation = self._grant("replacement", self.complaint(product_id=service.id))

        with self.assertRaisesRegex(UserError, "services cannot"):
            self._replace(compensation)

    def test_nobody_known_gets_no_replacement(self):
        complaint = self.complaint(partner_id=False, product_id=self.lamp.id)

        with self.assertRaisesRegex(UserError, "who complains"):
            self._replace(self._grant("replacement", complaint))

    def test_a_refund_sends_no_goods(self):
        with self.assertRaisesRegex(UserError, "needs none"):
            self._replace(self._grant("refund"))

    def test_how_much_is_granted_cannot_be_changed_afterwards(self):
        compensation = self._grant("replacement")

        with self.assertRaisesRegex(UserError, "propose another"):
            compensation.goods_quantity = 9

    def test_the_warehouse_reads_nothing_of_a_complaint(self):
        compensation = self._grant("replacement")

        picking = self._replace(compensation)

        self.assertNotIn(compensation.complaint_id.number, picking.origin)
