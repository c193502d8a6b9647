from contextlib import closing, contextmanager
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from .sending_common import COMMIT

#: Before the calls of any demo data.
FIRST = 10**6


@tagged("post_install", "-at_install")
class TestCallTwoWorkers(BaseCase):
    """Two interviewers, or two jobs, at once and with real connections."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.worker(is_kept=True) as env:
            partners = env["res.partner"].create(
                [{"name": f"Called {key}", "phone": f"+49 30 88880{key}"} for key in range(2)]
            )
            survey = env["survey.survey"].create(
                {"title": "Called", "survey_type": "crm_satisfaction", "access_mode": "token"}
            )
            env["survey.question"].create(
                {"survey_id": survey.id, "title": "Content?", "question_type": "text_box"}
            )
            self.partner_ids, self.survey_id = partners.ids, survey.id
            self.manager_id = env.ref("base.user_admin").id
        self.addCleanup(self.remove)

    @contextmanager
    def worker(self, is_kept=False, uid=SUPERUSER_ID):
        """Work with a connection of one's own; what is done is thrown away unless ``is_kept``."""
        cursor = self.registry.cursor()
        with cursor if is_kept else closing(cursor) as cr:
            yield api.Environment(cr, uid, {})

    def remove(self):
        with self.worker(is_kept=True) as env:
            own = [("survey_id", "=", self.survey_id)]
            env["crm.survey.call"].search(own)._sealed_unlink()
            env["crm.survey.invitation"].search(own)._sealed_unlink()
            env["survey.survey"].browse(self.survey_id).unlink()
            env["res.partner"].browse(self.partner_ids).unlink()

    def invite(self, env):
        return env["crm.survey.invitation"]._decide(
            [
                {"survey_id": self.survey_id, "partner_id": key, "channel": "phone", "value": FIRST}
                for key in self.partner_ids
            ]
        )

    def test_t18_two_interviewers_take_different_calls(self):
        with self.worker(is_kept=True) as env:
            invitations = self.invite(env)
            invitations._queue_calls()
            calls = env["crm.survey.call"].search([("invitation_id", "in", invitations.ids)])
            # whatever hour it is where the test runs
            calls._sealed_write({"date_due": fields.Datetime.now()})

        with self.worker(uid=self.manager_id) as one, self.worker() as other:
            found = {env["crm.survey.call"].take_next()["id"] for env in (one, other)}

        self.assertEqual(found, set(calls.ids))

    @mute_logger("odoo.sql_db")
    def test_t18_two_jobs_queue_nobody_twice(self):
        with self.worker(is_kept=True) as env:
            self.invite(env)
        own = [("survey_id", "=", self.survey_id)]

        with self.worker() as late:
            late.cr.execute("SELECT 1")  # its picture of the database is from before
            with self.worker(is_kept=True) as env:
                env["crm.survey.invitation"].search(own)._queue_calls()
            commit = patch(COMMIT, autospec=True, return_value=60)
            with commit, self.assertRaises(SerializationFailure):
                late["crm.survey.call"]._cron_queue()  # it comes again

        with self.worker() as after:
            self.assertEqual(after["crm.survey.call"].search_count(own), 2)
