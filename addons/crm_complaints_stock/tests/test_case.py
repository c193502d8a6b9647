from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import DeliveriesCase


@tagged("post_install", "-at_install")
class TestCase(DeliveriesCase):
    def test_the_product_follows_the_lot(self):
        self.assertEqual(self.complaint(lot_id=self.lot.id).product_id, self.cabinet)

    def test_a_lot_of_another_product_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "lot of another product"):
            self.complaint(lot_id=self.lot.id, product_id=self.lamp.id)

    def test_a_lot_another_customer_got_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "another customer"):
            self.complaint(lot_id=self.foreign_lot.id)

    def test_a_lot_nobody_got_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "never delivered"):
            self.complaint(lot_id=self.new_lot.id)

    def test_a_lot_sold_to_somebody_unknown_is_accepted(self):
        self._deliver(None, (self.cabinet, 1, self.new_lot))

        self.assertEqual(self.complaint(lot_id=self.new_lot.id).lot_id, self.new_lot)

    def test_the_lot_of_whom_he_speaks_for_is_accepted(self):
        complaint = self.complaint(
            lot_id=self.foreign_lot.id, on_behalf_partner_id=self.stranger.id
        )

        self.assertEqual(complaint.lot_id, self.foreign_lot)

    def test_a_lot_of_another_delivery_is_refused(self):
        later = self._deliver(self.customer, (self.cabinet, 1, self.new_lot))

        with self.assertRaisesRegex(ValidationError, "was not in the delivery"):
            self.complaint(picking_id=later.id, lot_id=self.lot.id)

    def test_a_delivery_to_another_customer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "went to another customer"):
            self.complaint(picking_id=self.foreign_delivery.id)

    def test_a_delivery_that_is_late_can_be_complained_about(self):
        late = self._deliver(self.customer, (self.lamp, 1, None), done=False)

        self.assertEqual(self.complaint(picking_id=late.id).picking_id, late)

    def test_another_complainant_must_fit_the_delivery(self):
        complaint = self.complaint(picking_id=self.delivery.id)

        with self.assertRaisesRegex(ValidationError, "On Behalf of"):
            complaint.partner_id = self.stranger

    def _get_offered(self, name, complaint):
        """Return what the form offers for a field."""
        values = {
            "company_id": complaint.company_id.id,
            "product_id": complaint.product_id.id,
            "commercial_partner_id": complaint.commercial_partner_id.id,
            "on_behalf_partner_id": complaint.on_behalf_partner_id.id,
        }
        field = complaint._fields[name].get_description(self.env, ["domain"])
        domain = safe_eval(field["domain"], values)
        return self.env[complaint._fields[name].comodel_name].search(domain)

    def test_only_lots_of_the_customer_are_offered(self):
        self.assertEqual(self._get_offered("lot_id", self.complaint()), self.lot)

    def test_only_lots_of_the_product_are_offered(self):
        complaint = self.complaint(product_id=self.lamp.id)

        self.assertFalse(self._get_offered("lot_id", complaint))

    def test_only_deliveries_of_the_customer_are_offered(self):
        found = self._get_offered("picking_id", self.complaint())

        self.assertEqual(found, self.delivery)

    def test_the_form_takes_the_product_of_the_lot(self):
        with Form(self.complaint().with_user(self.keeper)) as form:
            form.picking_id = self.delivery
            form.lot_id = self.lot

        self.assertEqual(form.record.product_id, self.cabinet)

    def test_the_phone_form_is_filled_from_a_lot_with_whoever_got_it(self):
        context = {"active_model": "stock.lot", "active_id": self.lot.id}
        wizards = self.env["crm.complaint.phone"].with_user(self.packer).with_context(**context)

        wizards.create({"substance": "The door does not close."}).action_register()

        complaint = self.env["crm.complaint"].search([("lot_id", "=", self.lot.id)])
        self.assertRecordValues(
            complaint, [{"partner_id": self.customer.id, "product_id": self.cabinet.id}]
        )

    def test_the_phone_form_is_filled_from_a_delivery(self):
        context = {"active_model": "stock.picking", "active_id": self.delivery.id}
        wizards = self.env["crm.complaint.phone"].with_user(self.packer).with_context(**context)

        wizards.create({"substance": "A box is missing."}).action_register()

        complaint = self.env["crm.complaint"].search([("picking_id", "=", self.delivery.id)])
        self.assertEqual(complaint.partner_id, self.customer)

    def test_a_message_on_a_delivery_makes_a_complaint_about_it(self):
        message = self.delivery.message_post(
            body="A box is missing.", author_id=self.customer.id, message_type="comment"
        )

        found = self.env["crm.complaint"].register_message(message.id)

        complaint = self.env["crm.complaint"].browse(found["id"])
        self.assertEqual(complaint.picking_id, self.delivery)

    def test_t5_garbage_for_a_lot_is_refused(self):
        complaints = self.env["crm.complaint"].with_user(self.packer)
        for garbage in ("x", [self.lot.id], True, 10**9, -1):
            with self.assertRaises(UserError):
                complaints.register_complaint({"name": "Broken", "lot_id": garbage})

    def test_what_is_split_off_keeps_the_delivery_and_not_the_lot(self):
        complaint = self.complaint(picking_id=self.delivery.id, lot_id=self.lot.id)

        part = complaint._split({"name": "The lamp is broken, too"})

        self.assertRecordValues(part, [{"picking_id": self.delivery.id, "lot_id": False}])

    def test_t20_anonymizing_takes_delivery_lot_and_transfers_away(self):
        complaint = self.complaint(picking_id=self.delivery.id, lot_id=self.lot.id)
        compensation = self._grant("replacement", complaint)
        compensation.with_user(self.keeper).action_replace()
        complaint.stage_id = self.stage_withdrawn

        complaint._anonymize("person")

        self.assertRecordValues(
            complaint,
            [{"picking_id": False, "lot_id": False, "product_id": self.cabinet.id}],
        )
        self.assertFalse(compensation.replacement_picking_id)
