from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import OrdersCase


@tagged("post_install", "-at_install")
class TestCase(OrdersCase):
    def test_the_product_follows_the_order_line(self):
        complaint = self.complaint(order_id=self.order.id, order_line_id=self.lamp_line.id)

        self.assertEqual(complaint.product_id, self.lamp)

    def test_the_product_of_a_complaint_without_an_order_stays(self):
        complaint = self.complaint(product_id=self.cabinet.id)

        complaint.order_id = self.order

        self.assertEqual(complaint.product_id, self.cabinet)

    def test_the_salesperson_is_that_of_the_order(self):
        complaint = self.complaint(order_id=self.order.id)

        self.assertEqual(complaint.seller_id, self.salesman)

    def test_an_order_of_another_customer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "On Behalf of"):
            self.complaint(order_id=self.foreign_order.id)

    def test_the_order_of_whom_he_speaks_for_is_accepted(self):
        complaint = self.complaint(
            order_id=self.foreign_order.id, on_behalf_partner_id=self.stranger.id
        )

        self.assertEqual(complaint.order_id, self.foreign_order)

    def test_the_order_of_his_colleague_is_accepted(self):
        order = self._make_order(self.company_partner)

        self.assertEqual(self.complaint(order_id=order.id).order_id, order)

    def test_a_complaint_of_nobody_known_may_name_any_order(self):
        complaint = self.complaint(partner_id=False, order_id=self.foreign_order.id)

        self.assertEqual(complaint.order_id, self.foreign_order)

    def test_a_line_of_another_order_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "not a line of the order"):
            self.complaint(
                order_id=self.order.id, order_line_id=self.foreign_order.order_line[0].id
            )

    def test_a_line_about_another_product_is_refused(self):
        complaint = self.complaint(order_id=self.order.id, order_line_id=self.lamp_line.id)

        with self.assertRaisesRegex(ValidationError, "another product"):
            complaint.product_id = self.cabinet

    def test_another_order_drops_the_line(self):
        complaint = self.complaint(order_id=self.order.id, order_line_id=self.lamp_line.id)

        complaint.order_id = self._make_order(self.customer)

        self.assertFalse(complaint.order_line_id)

    def test_the_form_takes_order_and_line(self):
        with Form(self.complaint().with_user(self.clerk)) as form:
            form.order_id = self.order
            form.order_line_id = self.cabinet_line

        self.assertEqual(form.record.product_id, self.cabinet)

    def test_what_is_split_off_keeps_the_order_and_not_the_line(self):
        complaint = self.complaint(order_id=self.order.id, order_line_id=self.lamp_line.id)

        part = complaint._split({"name": "The lamp came late, too"})

        self.assertRecordValues(part, [{"order_id": self.order.id, "order_line_id": False}])

    def test_what_goes_on_later_keeps_order_and_line(self):
        complaint = self.complaint(order_id=self.order.id, order_line_id=self.lamp_line.id)

        later = complaint._create_next("<p>It flickers again.</p>")

        self.assertEqual(later.order_line_id, self.lamp_line)

    def test_the_phone_form_is_filled_from_the_order(self):
        context = {"active_model": "sale.order", "active_id": self.order.id}
        wizards = self.env["crm.complaint.phone"].with_user(self.salesman).with_context(**context)
        wizard = wizards.create({"substance": "The lamp flickers."})

        wizard.action_register()

        complaint = self.env["crm.complaint"].search([("order_id", "=", self.order.id)])
        self.assertRecordValues(
            complaint, [{"partner_id": self.customer.id, "name": "The lamp flickers."}]
        )

    def test_t5_the_phone_form_survives_a_garbled_order(self):
        for id_ in (0, -1, "x", [1], 10**9):
            context = {"active_model": "sale.order", "active_id": id_}
            wizards = self.env["crm.complaint.phone"].with_context(**context)

            self.assertFalse(wizards.default_get(["order_id"]).get("order_id"))

    def test_a_message_on_an_order_makes_a_complaint_about_it(self):
        message = self.order.message_post(
            body="The cabinet is scratched.", author_id=self.customer.id, message_type="comment"
        )

        found = self.env["crm.complaint"].register_message(message.id)

        complaint = self.env["crm.complaint"].browse(found["id"])
        self.assertRecordValues(
            complaint, [{"order_id": self.order.id, "partner_id": self.customer.id}]
        )

    def test_whoever_hands_in_a_complaint_names_the_order(self):
        complaints = self.env["crm.complaint"].with_user(self.salesman)

        found = complaints.register_complaint({"name": "Late", "order_id": self.order.id})

        self.assertEqual(complaints.sudo().browse(found["id"]).order_id, self.order)

    def test_t5_garbage_for_an_order_is_refused(self):
        complaints = self.env["crm.complaint"].with_user(self.salesman)
        for garbage in ("x", [self.order.id], True, 10**9, -1):
            with self.assertRaises(UserError):
                complaints.register_complaint({"name": "Late", "order_id": garbage})

    def test_t20_anonymizing_takes_the_order_away_and_keeps_the_product(self):
        complaint = self.complaint(order_id=self.order.id, order_line_id=self.lamp_line.id)
        complaint.stage_id = self.stage_withdrawn

        complaint._anonymize("person")

        self.assertRecordValues(
            complaint,
            [{"order_id": False, "order_line_id": False, "product_id": self.lamp.id}],
        )
