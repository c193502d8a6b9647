from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .loss_common import LossCase
from .test_contact import ContactCase
from .test_contact_norm import NORM


@tagged("post_install", "-at_install")
class TestContactBrowser(ContactCase, HttpCase):
    """The list of customers to contact, in a real browser."""

    browser_size = "1366x768"

    def test_salesman_finds_whom_to_contact(self):
        forgotten = self.env["res.partner"].create(
            {"name": "Forgotten Ltd", "is_company": True, "user_id": self.salesman.id}
        )
        self.regulation([{**NORM, "domain": f"[('id', 'in', {(forgotten + self.customer).ids})]"}])
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-01-01' WHERE id = %s", (forgotten.id,)
        )
        for _n in range(2):
            self.fact(date=fields.Datetime.subtract(fields.Datetime.now(), days=1))

        self.start_tour("/odoo/customers-to-contact", "standards_contacts", login="std_salesman")

        self.assertEqual(forgotten.contact_state, "too_few")
        self.assertEqual(self.customer.contact_state, "good")


@tagged("post_install", "-at_install")
class TestLossBrowser(LossCase, HttpCase):
    """The dialog of a loss, in a real browser."""

    browser_size = "1366x768"

    def test_salesman_says_to_whom_a_deal_was_lost(self):
        self.law(
            {},
            {
                "name": "Who",
                "reason_ids": [Command.set(self.rival.ids)],
                "is_competitor_needed": True,
            },
        )
        lead = self.lead(expected_revenue=100)

        self.start_tour(f"/odoo/crm/{lead.id}", "standards_loss", login="std_salesman")

        self.assertEqual(lead.won_status, "lost")
        self.assertEqual(lead.lost_competitor_id, self.competitor)
