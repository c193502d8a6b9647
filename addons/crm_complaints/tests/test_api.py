from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ComplaintsCase

ADDRESS = "/json/2/crm.complaint/register_complaint"


@tagged("-at_install", "post_install")
class TestApi(ComplaintsCase, HttpCase):
    """Other systems hand in complaints over HTTP, with a key of an employee."""

    def _key(self, user):
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "test", datetime.now() + timedelta(days=0.5))

    def _post(self, key, values):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.url_open(ADDRESS, json={"values": values}, headers=headers)

    def test_a_system_registers_a_complaint_and_gets_its_number(self):
        answer = self._post(
            self._key(self.salesman),
            {"name": "Late", "partner_id": self.customer.id, "reference": "4711"},
        )

        complaint = self.env["crm.complaint"].search([("reference", "=", "4711")])
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.json(), {"id": complaint.id, "number": complaint.number})
        self.assertEqual(complaint.channel_id.code, "api")

    @mute_logger("odoo.http")
    def test_t5_garbage_gets_a_clear_answer(self):
        key = self._key(self.salesman)

        for values in ({}, {"stage_id": 1}, {"name": "x", "date_received": "soon"}, [], "x", None):
            with self.subTest(values=values):
                answer = self._post(key, values)

                self.assertIn(answer.status_code, range(400, 500))
                self.assertTrue(answer.json()["message"])

    @mute_logger("odoo.http")
    def test_t1_without_a_key_or_with_a_customers_nothing_is_registered(self):
        before = self.env["crm.complaint"].search_count([])

        for key in (None, "wrong", self._key(self.customer_user)):
            with self.subTest(key=key):
                self.assertIn(self._post(key, {"name": "x"}).status_code, (401, 403, 404))
        self.assertEqual(self.env["crm.complaint"].search_count([]), before)
