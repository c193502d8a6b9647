from contextlib import closing, contextmanager
from datetime import datetime, timedelta

from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

NAME = "Once only (two workers)"
RULE = {
    "name": NAME,
    "kind": "complaint",
    "strength": "record",
    "complaint_deadline": "resolution",
}


@tagged("post_install", "-at_install")
class TestTwoWorkers(BaseCase):
    """T18: two server processes at once, with real connections, enter each miss once."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.remove)
        with self.worker(is_kept=True) as env:
            env["crm.standard"].create({"name": NAME, "rule_ids": [Command.create(RULE)]}).write(
                {"state": "in_force"}
            )
            rule = env["crm.standard.rule"].search([("name", "=", NAME)])
            past = datetime.now() - timedelta(days=30)
            rule._restart(past)
            policy = env["crm.deadline.policy"].create(
                {"name": NAME, "term_amount": 1, "term_unit": "calendar_hours"}
            )
            complaint = env["crm.complaint"].create({"name": NAME, "date_received": past})
            complaint._deadline_open()._cancel("test")
            clock = complaint._deadline_start(policy, "resolution", date=past)
            clock._reconcile()._mark_missed()
            clock.flush_recordset()
            self.clock_id, self.complaint_id = clock.id, complaint.id

    @contextmanager
    def worker(self, is_kept=False):
        """Work with a connection of one's own; what is done is thrown away unless ``is_kept``."""
        cursor = self.registry.cursor()
        with cursor if is_kept else closing(cursor) as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def remove(self):
        """Take away what nobody may delete, below the models."""
        with self.worker(is_kept=True) as env:
            complaints = env["crm.complaint"].search([("name", "=", NAME)])
            standards = env["crm.standard"].search([("name", "=", NAME)])
            for table, column, ids in [
                ("crm_standard_violation", "standard_id", standards.ids),
                ("crm_deadline_clock", "res_id", complaints.ids),
                ("crm_complaint", "id", complaints.ids),
                ("crm_standard_history", "standard_id", standards.ids),
                ("crm_standard", "id", standards.ids),
            ]:
                only = SQL("AND res_model = 'crm.complaint'") if "clock" in table else SQL()
                env.cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = ANY(%s) %s",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        ids,
                        only,
                    )
                )
            env["mail.message"].search(
                [("model", "=", "crm.complaint"), ("res_id", "in", complaints.ids)]
            ).unlink()
            env["crm.deadline.policy"].search([("name", "=", NAME)]).unlink()
            env.registry.clear_cache()

    def test_a_miss_is_claimed_by_one_sweep(self):
        with self.worker() as first, self.worker() as second:
            mine = first["crm.deadline.clock"]._claim_unfollowed((datetime.min, 0))
            others = second["crm.deadline.clock"]._claim_unfollowed((datetime.min, 0))

            self.assertIn(self.clock_id, mine.ids)
            self.assertNotIn(self.clock_id, others.ids)

    def test_what_another_worker_has_entered_is_not_entered_again(self):
        with self.worker() as late:
            clock = late["crm.deadline.clock"].browse(self.clock_id)
            self.assertEqual(clock.state, "missed")  # its view of the data begins here
            with self.worker(is_kept=True) as quick:
                self.record(quick)

            with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
                self.record(late)

        with self.worker() as env:
            violations = env["crm.standard.violation"]
            self.assertEqual(
                violations.search_count([("complaint_clock_id", "=", self.clock_id)]), 1
            )

    def test_an_ended_violation_is_claimed_by_one_job(self):
        with self.worker(is_kept=True) as env:
            self.record(env)
            env["crm.deadline.clock"].browse(self.clock_id)._stop()
        with self.worker() as first, self.worker() as second:
            mine = first["crm.standard.violation"]._claim_ended(0)
            others = second["crm.standard.violation"]._claim_ended(0)

            self.assertEqual(mine.complaint_clock_id.id, self.clock_id)
            self.assertFalse(others)

    def record(self, env):
        clock = env["crm.deadline.clock"].browse(self.clock_id)
        env["crm.complaint"].browse(self.complaint_id)._deadline_missed(clock)
