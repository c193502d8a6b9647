from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .entry_common import EntryCase


@tagged("post_install", "-at_install")
class TestEntryBrowser(EntryCase, HttpCase):
    """Entering a customer in a real browser."""

    browser_size = "1366x768"

    def test_salesman_enters_a_customer(self):
        self.contact(name="Known Customer", email="office@nezabudka.example.com")
        self.entry_standard(
            self.line_vals("phone", guidance="With the code of the country."),
            self.line_vals("email", form_check="email"),
        )

        with mute_logger("odoo.http"):  # the refusal
            self.start_tour(
                "/odoo/action-base.action_partner_form/new",
                "standards_new_customer",
                login="std_salesman",
            )

        contact = self.env["res.partner"].search([("name", "=", "Nezabudka")])
        self.assertEqual(contact.phone, "+1 650-555-0123")
        self.assertFalse(self.breaches(contact))
