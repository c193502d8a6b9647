from contextlib import closing, contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..models.case.crm_complaint_keep import VACUUM_KEY


@tagged("post_install", "-at_install")
class TestAssignmentTwoWorkers(BaseCase):
    """Two workers assign at once, with real connections: each complaint is given out once."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.worker(is_kept=True) as env:
            admin = env.ref("base.user_admin")
            rules = env["crm.complaint.assignment"]
            self.others = rules.search([]).ids
            rules.browse(self.others).active = False
            rule = rules.create({"name": "Two workers", "user_ids": admin.ids})
            complaints = env["crm.complaint"].create([{"name": "One"}, {"name": "Two"}])
            self.rule_id, self.ids = rule.id, complaints.ids
        self.addCleanup(self.remove)

    @contextmanager
    def worker(self, is_kept=False):
        """Work with a connection of one's own; what is done is thrown away unless ``is_kept``."""
        cursor = self.registry.cursor()
        with cursor if is_kept else closing(cursor) as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def remove(self):
        with self.worker(is_kept=True) as env:
            env["crm.complaint"].browse(self.ids)._vacuum_unlink(VACUUM_KEY)
            env["crm.complaint.assignment"].browse(self.rule_id).unlink()
            env["crm.complaint.assignment"].browse(self.others).active = True

    def count(self):
        with self.worker() as env:
            return env["crm.complaint.assignment"].browse(self.rule_id).assigned_count

    def assign(self, env):
        return env["crm.complaint"].browse(self.ids)._assign()

    @mute_logger("odoo.sql_db")
    def test_the_second_leaves_it_to_the_first(self):
        with self.worker() as late:
            late.cr.execute("SELECT 1")  # its picture of the database is from before
            with self.worker(is_kept=True) as first:
                self.assertTrue(self.assign(first))
                with self.worker() as second:
                    self.assertFalse(self.assign(second))

            self.assertFalse(self.assign(late))

        with self.worker(is_kept=True) as after:
            self.assertTrue(self.assign(after))
        self.assertEqual(self.count(), 2)

    def test_what_was_thrown_away_is_assigned_by_the_next(self):
        with self.worker() as crashed:
            self.assertTrue(self.assign(crashed))
        self.assertEqual(self.count(), 0)

        with self.worker(is_kept=True) as after:
            self.assertTrue(self.assign(after))

        self.assertEqual(self.count(), 2)
