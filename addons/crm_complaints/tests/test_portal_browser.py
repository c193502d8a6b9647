from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalBrowser(PortalCase):
    """The customer's ways, in a browser as wide as a phone."""

    browser_size = "400x800"
    touch_enabled = True

    def test_a_customer_writes_and_contests_the_answer(self):
        self._answer(self.own)

        self.start_tour("/my/complaints", "complaints_customer", login="cmp_customer")

        self.assertEqual(self.own.consent_ids.mapped("is_accepted"), [False])
        self.assertIn("When will it come?", str(self.own.message_ids.mapped("body")))

    def test_a_customer_hands_in_a_complaint(self):
        self.start_tour("/my/complaints", "complaints_portal_form", login="cmp_customer")

        complaint = self.env["crm.complaint"].search([("name", "=", "Broken cup")])
        self.assertEqual(complaint.partner_id, self.petra)

    def test_somebody_without_an_account_hands_in_a_complaint(self):
        self.start_tour("/complaint", "complaints_public_form")

        domain = [("email_from", "=", "nina@new.example.com")]
        complaint = self.env["crm.complaint"].with_context(active_test=False).search(domain)
        self.assertEqual(complaint.name, "The cup came in two parts")


@tagged("post_install", "-at_install")
class TestRepliesBrowser(PortalCase):
    """What the office sees of it."""

    def test_a_manager_reads_replies_and_confirms_a_genuine_complaint(self):
        self._answer(self.own)
        self.own._page_consent(False, "Still broken", self.petra)
        vals = {"name": "Honest words", "description": "It broke", "email_from": "a@b.example.com"}
        suspect = self.env["crm.complaint.quarantine"]._keep_form(vals, [], self.env.company)

        self.start_tour("/odoo", "complaints_replies", login="cmp_manager")

        self.assertEqual(suspect.state, "registered")
        self.assertEqual(suspect.complaint_id.name, "Honest words")
