from odoo.tests import HttpCase, tagged

from .mail_common import MailCase


@tagged("post_install", "-at_install")
class TestIntakeBrowser(MailCase, HttpCase):
    """Taking complaints in, in a real browser."""

    # wide enough for the conversation to stand beside the form
    browser_size = "1920x1080"

    def test_an_employee_registers_what_he_hears_by_keyboard(self):
        self.start_tour("/odoo", "complaints_phone", login="cmp_outsider")

        complaint = self.env["crm.complaint"].search([], order="id desc", limit=1)
        self.assertRecordValues(
            complaint,
            [
                {
                    "name": "Nobody calls me back",
                    "partner_id": self.customer.id,
                    "create_uid": self.outsider.id,
                }
            ],
        )

    def test_a_manager_makes_a_complaint_of_a_quarantined_mail(self):
        self.receive(self.mail(1, Precedence="bulk"))

        self.start_tour("/odoo", "complaints_quarantine", login="cmp_manager")

        self.assertEqual(self.quarantine().state, "registered")

    def test_a_salesman_makes_a_complaint_of_a_message(self):
        lead = self.env["crm.lead"].create(
            {"name": "Chairs", "partner_id": self.customer.id, "user_id": self.salesman.id}
        )
        message = lead.message_post(
            body="They arrived broken",
            message_type="email",
            author_id=self.customer.id,
            subtype_xmlid="mail.mt_comment",
        )

        self.start_tour(f"/odoo/crm.lead/{lead.id}", "complaints_message", login="cmp_salesman")

        complaint = self.env["crm.complaint"].search([("origin_message_id", "=", message.id)])
        self.assertEqual(complaint.lead_id, lead)
