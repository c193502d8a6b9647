from contextlib import closing, contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger


@tagged("post_install", "-at_install")
class TestTwoWorkers(BaseCase):
    """Two workers compute one method at once, each with a connection of its own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.worker(is_kept=True) as env:
            partner = env["res.partner"].create({"name": "Of two workers", "is_company": True})
            method = env["crm.segment.method"].create(
                {"name": "Two workers", "kind": "domain", "domain": f"[('id', '=', {partner.id})]"}
            )
            self.partner_id, self.method_id = partner.id, method.id
        self.addCleanup(self.remove)

    @contextmanager
    def worker(self, is_kept=False):
        """Work with a connection of one's own; what is done is thrown away unless ``is_kept``."""
        cursor = self.registry.cursor()
        with cursor if is_kept else closing(cursor) as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def remove(self):
        with self.worker(is_kept=True) as env:
            # a method with a history cannot be deleted
            env.execute_query(
                SQL(
                    "UPDATE crm_segment_method SET date_counted = NULL WHERE id = %s RETURNING id",
                    self.method_id,
                )
            )
            self.method(env).unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    def count(self):
        """Return how many memberships and changes the method has."""
        with self.worker() as env:
            domain = [("method_id", "=", self.method_id)]
            models = ("crm.segment.membership", "crm.segment.change")
            return [env[model].search_count(domain) for model in models]

    def method(self, env):
        return env["crm.segment.method"].browse(self.method_id)

    @mute_logger("odoo.sql_db")
    def test_t18_the_second_is_told_to_begin_again(self):
        with self.worker() as late:
            late.cr.execute("SELECT 1")  # its picture of the database is from before
            with self.worker(is_kept=True) as first:
                self.method(first)._refresh()

            with self.assertRaises(SerializationFailure):
                self.method(late)._refresh()

        self.assertEqual(self.count(), [1, 0])

    @mute_logger("odoo.sql_db")
    def test_t18_the_job_leaves_it_to_whoever_was_first(self):
        with self.worker(is_kept=True) as late:
            late.cr.execute("SELECT 1")
            with self.worker(is_kept=True) as first:
                self.method(first)._refresh()

            self.method(late)._refresh_safely()

        self.assertEqual(self.count(), [1, 0])
        with self.worker() as env:
            self.assertEqual(self.method(env).state, "running")

    def test_t18_what_was_not_committed_is_done_again_wholly(self):
        with self.worker() as killed:
            self.method(killed)._refresh()
            killed.flush_all()

        with self.worker(is_kept=True) as again:
            self.method(again)._refresh()

        self.assertEqual(self.count(), [1, 0])
