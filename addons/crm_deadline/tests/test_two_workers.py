from contextlib import closing, contextmanager
from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import OperationalError
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

FIRST = (fields.Datetime.to_datetime("2000-01-01"), 0)


@tagged("post_install", "-at_install")
class TestTwoWorkers(BaseCase):
    """Two sweeps at once, with real connections: a step is taken once, also after a crash."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.worker(is_kept=True) as env:
            admin = env.ref("base.user_admin")
            policy = env["crm.deadline.policy"].create(
                {"name": "Two hours", "term_amount": 2, "term_unit": "calendar_hours"}
            )
            now = fields.Datetime.now()
            step = {
                "policy_id": policy.id,
                "moment": "before",
                "unit": "calendar_hours",
                "whom": "responsible",
                "deed": "activity",
            }
            with freeze_time(now - timedelta(days=1)):  # no step is taken for what was before it
                env["crm.deadline.step"].create(step)
            lead = env["crm.lead"].create({"name": "Twice", "user_id": admin.id})
            # the step has been due for half an hour, the deadline is not
            clock = env["crm.deadline.clock"]._start(
                [
                    {
                        "res_model": lead._name,
                        "res_id": lead.id,
                        "kind": "answer",
                        "policy_id": policy.id,
                        "user_id": admin.id,
                        "date_start": now - timedelta(minutes=90),
                    }
                ]
            )
            self.policy_id, self.lead_id, self.clock_id = policy.id, lead.id, clock.id
        self.addCleanup(self.remove)

    @contextmanager
    def worker(self, is_kept=False):
        """Work with a connection of one's own; what is done is thrown away unless ``is_kept``."""
        cursor = self.registry.cursor()
        with cursor if is_kept else closing(cursor) as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def remove(self):
        with self.worker(is_kept=True) as env:
            clock = env["crm.deadline.clock"].browse(self.clock_id)
            clock.notice_ids._sealed_unlink()
            clock._sealed_unlink()
            env["crm.lead"].browse(self.lead_id).unlink()
            env["crm.deadline.policy"].browse(self.policy_id).unlink()

    def claim_ladder(self, env):
        """Return this test's clock if the sweep of ``env`` gets it to climb its ladder."""
        return (
            env["crm.deadline.clock"]
            ._claim_ladder(FIRST)
            .filtered(lambda clock: clock.id == self.clock_id)
        )

    def claim_notices(self, env):
        """Return this test's notices if the sweep of ``env`` gets them to do."""
        return (
            env["crm.deadline.notice"]
            ._claim_people()
            .filtered(lambda notice: notice.clock_id.id == self.clock_id)
        )

    def note_step(self):
        """Let one sweep note the step that is due."""
        with self.worker(is_kept=True) as env:
            self.claim_ladder(env)._climb()

    def assertTakenOnce(self):
        with self.worker() as env:
            notices = env["crm.deadline.clock"].browse(self.clock_id).notice_ids
            self.assertEqual(notices.mapped("state"), ["done"])
            self.assertEqual(len(env["crm.lead"].browse(self.lead_id).activity_ids), 1)

    def test_t18_clock_is_climbed_by_one(self):
        with self.worker() as first, self.worker() as second:
            self.assertEqual(self.claim_ladder(first).id, self.clock_id)

            self.assertFalse(self.claim_ladder(second))

    @mute_logger("odoo.sql_db")
    def test_t18_sweep_that_looked_before_the_other_ended_notes_nothing(self):
        with self.worker() as late:
            clock = late["crm.deadline.clock"].browse(self.clock_id)
            self.assertTrue(clock.date_next_step)  # it has looked
            self.note_step()

            with self.assertRaises(SerializationFailure):
                self.claim_ladder(late)

        with self.worker() as anew:
            self.assertEqual(len(anew["crm.deadline.clock"].browse(self.clock_id).notice_ids), 1)
            self.assertFalse(self.claim_ladder(anew))

    def test_t18_notice_is_done_by_one(self):
        self.note_step()
        with self.worker(is_kept=True) as first:
            mine = self.claim_notices(first)
            with self.worker() as second:
                self.assertFalse(self.claim_notices(second))
            mine._deliver()

        with self.worker() as later:
            self.assertFalse(self.claim_notices(later))
        self.assertTakenOnce()

    @mute_logger("odoo.sql_db")
    def test_t18_worker_killed_between_deed_and_commit_has_done_nothing(self):
        self.note_step()
        dead = self.registry.cursor()
        env = api.Environment(dead, SUPERUSER_ID, {})
        self.claim_notices(env)._deliver()
        env.flush_all()
        self.assertEqual(len(env["crm.lead"].browse(self.lead_id).activity_ids), 1)
        with self.worker() as killer:
            killer.cr.execute("SELECT pg_terminate_backend(%s)", [dead._cnx.info.backend_pid])
        with self.assertRaises(OperationalError):
            dead.commit()
        dead.close()

        with self.worker(is_kept=True) as next_sweep:
            self.claim_notices(next_sweep)._deliver()

        self.assertTakenOnce()
