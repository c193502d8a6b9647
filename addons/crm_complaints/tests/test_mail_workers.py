from contextlib import closing, contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..intake import current_mail

RAW = b"""\
Message-Id: <two-workers@customer.example.com>
From: Carla Customer <carla@customer.example.com>
To: complaints@shop.example.com
Subject: Damaged boxes

Two boxes were damaged.
"""


@tagged("post_install", "-at_install")
class TestMailWorkers(BaseCase):
    """The same mail fetched by two servers at once, with real connections: one of them has it."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.processed = []
        self.addCleanup(self.remove)

    @contextmanager
    def worker(self, is_kept=False):
        """Work with a connection of one's own; what is done is thrown away unless ``is_kept``."""
        cursor = self.registry.cursor()
        with cursor if is_kept else closing(cursor) as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def remove(self):
        with self.worker(is_kept=True) as env:
            domain = [("sender", "=", "carla@customer.example.com")]
            env["crm.complaint.mail"].search(domain)._sealed_unlink()

    def receive(self, env):
        """Receive the mail; core's part is only noted, so that nothing is left in the database."""

        def proceed():
            current_mail().landed_ids.append(False)
            self.processed.append(env.cr)

        env["crm.complaint.gateway"]._process(RAW, "crm.complaint", None, proceed)

    def test_t18_of_two_at_once_one_gives_way(self):
        with self.worker() as late:
            late.cr.execute("SELECT 1")  # from here on it sees the database as it is now
            with self.worker(is_kept=True) as first:
                self.receive(first)

            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                self.receive(late)

        self.assertEqual(len(self.processed), 1)

    def test_whoever_gave_way_finds_it_done_when_he_tries_again(self):
        with self.worker(is_kept=True) as first:
            self.receive(first)

        with self.worker() as again:
            self.receive(again)

        self.assertEqual(len(self.processed), 1)

    def test_a_mail_whose_server_died_is_received_by_the_next(self):
        with self.worker() as dying:
            self.receive(dying)

        with self.worker() as following:
            self.receive(following)

        self.assertEqual(len(self.processed), 2)
