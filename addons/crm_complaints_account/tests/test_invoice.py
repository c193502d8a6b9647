from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common import AccountComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestInvoice(AccountComplaintsCase):
    """The invoice of a complaint, and the complaint made on an invoice."""

    def test_the_customers_own_invoice_can_be_linked(self):
        invoice = self.invoice()
        complaint = self.complaint()

        complaint.with_user(self.both).invoice_id = invoice

        self.assertEqual(invoice.with_user(self.both).complaint_count, 1)

    def test_an_invoice_of_another_customer_is_refused(self):
        invoice = self.invoice(partner_id=self.stranger.id)

        with self.assertRaisesRegex(ValidationError, "not one of the complainant's own"):
            self.complaint(invoice_id=invoice.id)

    def test_an_invoice_of_whom_the_complainant_speaks_for_can_be_linked(self):
        invoice = self.invoice(partner_id=self.stranger.id)

        complaint = self.complaint(on_behalf_partner_id=self.stranger.id, invoice_id=invoice.id)

        self.assertEqual(complaint.invoice_id, invoice)

    def test_another_complainant_does_not_fit_the_invoice(self):
        complaint = self.complaint(invoice_id=self.invoice().id)

        with self.assertRaisesRegex(ValidationError, "not one of the complainant's own"):
            complaint.partner_id = self.stranger

    def test_a_vendor_bill_is_refused(self):
        bill = self.invoice(post=False, move_type="in_invoice")

        with self.assertRaisesRegex(ValidationError, "no invoice to a customer"):
            self.complaint(invoice_id=bill.id)

    def test_an_invoice_of_another_company_is_refused(self):
        invoice = self.invoice()
        company = self.env["res.company"].create({"name": "Other Company"})

        with self.assertRaises(UserError):
            self.complaint(
                company_id=company.id, team_id=False, user_id=False, invoice_id=invoice.id
            )

    def test_a_complaint_is_made_on_the_invoice(self):
        invoice = self.invoice()
        dialog = Form(
            self.env["crm.complaint.phone"]
            .with_user(self.bookkeeper)
            .with_context(active_model="account.move", active_id=invoice.id)
        )
        dialog.substance = "Charged twice"

        dialog.save().action_register()

        complaint = self.env["crm.complaint"].search([("invoice_id", "=", invoice.id)])
        self.assertRecordValues(
            complaint, [{"name": "Charged twice", "partner_id": self.customer.id}]
        )

    def test_a_message_on_a_vendor_bill_makes_a_complaint_without_an_invoice(self):
        bill = self.invoice(post=False, move_type="in_invoice")
        message = bill.message_post(body="Wrong parts", author_id=self.customer.id)

        found = self.env["crm.complaint"].with_user(self.bookkeeper).register_message(message.id)

        self.assertFalse(self.env["crm.complaint"].browse(found["id"]).invoice_id)

    def test_what_is_split_off_or_goes_on_later_keeps_the_invoice(self):
        complaint = self.complaint(invoice_id=self.invoice().id)

        part = complaint.with_user(self.clerk)._split({"name": "Charged for the wrong goods, too"})
        later = complaint._create_next("<p>Charged again.</p>")

        self.assertEqual(part.invoice_id, complaint.invoice_id)
        self.assertEqual(later.invoice_id, complaint.invoice_id)

    def test_register_takes_the_customer_from_the_invoice(self):
        invoice = self.invoice()

        found = (
            self.env["crm.complaint"]
            .with_user(self.bookkeeper)
            .register_complaint({"name": "Charged twice", "invoice_id": invoice.id})
        )

        complaint = self.env["crm.complaint"].browse(found["id"])
        self.assertEqual(complaint.partner_id, self.customer)

    def test_t1_register_takes_no_invoice_out_of_reach(self):
        invoice = self.invoice()
        values = {"name": "Charged twice", "invoice_id": invoice.id}

        for user in (self.clerk, self.outsider, self.customer_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["crm.complaint"].with_user(user).register_complaint(values)

    def test_t5_register_refuses_garbage_for_an_invoice(self):
        complaints = self.env["crm.complaint"].with_user(self.both)

        for value in ("1", -1, [1], 1.5, True, {"id": 1}, 10**12):
            with self.subTest(value=value), self.assertRaises(UserError):
                complaints.register_complaint({"name": "X", "invoice_id": value})

    def test_a_message_on_an_invoice_makes_a_complaint_about_it(self):
        invoice = self.invoice()
        refund = self.invoice(move_type="out_refund")
        for document, linked in ((invoice, invoice), (refund, self.env["account.move"])):
            with self.subTest(document=document.name):
                message = document.message_post(
                    body="The price is wrong", author_id=self.customer.id
                )

                found = self.env["crm.complaint"].with_user(self.both).register_message(message.id)

                complaint = self.env["crm.complaint"].browse(found["id"])
                self.assertEqual(complaint.invoice_id, linked)
                self.assertEqual(complaint.partner_id, self.customer)

    def test_anonymizing_forgets_the_documents(self):
        complaint = self.complaint(invoice_id=self.invoice().id)
        one = self.granted(complaint, 50)
        one.with_user(self.both).action_credit()
        self.env.flush_all()
        complaint.stage_id = self.stage_withdrawn

        complaint._anonymize("person")

        self.assertFalse(complaint.invoice_id)
        self.assertFalse(one.credit_note_id)
