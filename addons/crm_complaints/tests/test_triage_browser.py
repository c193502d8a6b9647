from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import ComplaintsCase


@tagged("post_install", "-at_install")
class TestTriageBrowser(ComplaintsCase, HttpCase):
    """Similar complaints are shown, told apart, linked and merged in a real browser."""

    browser_size = "1366x768"

    def setUp(self):
        super().setUp()
        earlier = fields.Datetime.now() - timedelta(days=1)
        self.known = self.complaint(
            name="Espresso machine leaks water", description=False, date_received=earlier
        )

    def test_a_clerk_tells_apart_and_merges(self):
        other = self.complaint(name="Espresso machine is too hot", description=False)
        again = self.complaint(name="Water under the machine: espresso leaks", description=False)

        self.start_tour(f"/odoo/complaints/{again.id}", "complaints_triage", login="cmp_clerk")

        self.assertEqual(again.merged_into_id, self.known)
        self.assertRecordValues(again.link_ids, [{"kind": "different", "other_id": other.id}])

    def test_a_clerk_is_shown_what_is_known_while_he_types(self):
        self.start_tour("/odoo/complaints/new", "complaints_similar_typing", login="cmp_clerk")

        again = self.env["crm.complaint"].search([("id", ">", self.known.id)], limit=1)
        self.assertRecordValues(again.link_ids, [{"kind": "repeat", "other_id": self.known.id}])
