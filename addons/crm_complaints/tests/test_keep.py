from psycopg2.errors import ForeignKeyViolation

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.crm_complaints.models.case.crm_complaint_keep import VACUUM_KEY

from .common import ComplaintsCase


class TestKeep(ComplaintsCase):
    """Promise 1: no complaint is lost."""

    def test_nobody_deletes_a_complaint(self):
        complaint = self.complaint()

        for env in (
            self.env,
            self.env(su=True),
            self.env(user=self.manager),
            self.env(context={"force_delete": True, "active_test": False, "module": "base"}),
        ):
            refused = self.assertRaisesRegex(UserError, "cannot be deleted")
            with self.subTest(user=env.user.login, su=env.su), refused:
                complaint.with_env(env).unlink()

    def test_t14_the_door_of_the_vacuum_needs_its_key(self):
        complaint = self.complaint()

        for key in (None, True, "VACUUM_KEY", object()):
            with self.subTest(key=key), self.assertRaises(AccessError):
                complaint.sudo()._vacuum_unlink(key)
        complaint._vacuum_unlink(VACUUM_KEY)

        self.assertFalse(complaint.exists())
        self.assertFalse(
            self.env["crm.complaint.move"].search([("complaint_id", "=", complaint.id)])
        )

    def test_a_customer_with_complaints_cannot_be_deleted(self):
        self.complaint()

        with self.assertRaises(ForeignKeyViolation), mute_logger("odoo.sql_db"):
            self.customer.unlink()
            self.env.flush_all()
