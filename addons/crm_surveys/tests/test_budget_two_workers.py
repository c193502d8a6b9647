from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from .worker_common import WorkersCase


@tagged("post_install", "-at_install")
class TestBudgetTwoWorkers(WorkersCase):
    """Two workers decide at once, with real connections: the budget holds."""

    def setUp(self):
        super().setUp()
        with self.worker(is_kept=True) as env:
            limit = env["crm.survey.budget"].create({"maximum": 1, "days": 30})
            partner = env["res.partner"].create(
                {"name": "Wanted Twice", "email": "twice@budget.example.com"}
            )
            surveys = env["survey.survey"].create(
                [{"title": title, "survey_type": "crm_satisfaction"} for title in ("One", "Two")]
            )
            self.limit_id, self.partner_id, self.survey_ids = limit.id, partner.id, surveys.ids
        self.addCleanup(self.remove)

    def remove(self):
        with self.worker(is_kept=True) as env:
            invitations = env["crm.survey.invitation"]
            invitations.search([("survey_id", "in", self.survey_ids)])._sealed_unlink()
            env["survey.survey"].browse(self.survey_ids).unlink()
            env["res.partner"].browse(self.partner_id).unlink()
            env["crm.survey.budget"].browse(self.limit_id).unlink()

    def ask(self, env, number):
        return env["crm.survey.invitation"]._invite(
            [{"survey_id": self.survey_ids[number], "partner_id": self.partner_id}]
        )

    @mute_logger("odoo.sql_db")
    def test_t18_who_began_before_the_other_had_decided_is_refused(self):
        with self.worker() as late:
            late.cr.execute("SELECT 1")  # its picture of the database is from before
            with self.worker(is_kept=True) as first:
                self.assertFalse(self.ask(first, 0).reason)

            with self.assertRaises(SerializationFailure):
                self.ask(late, 1)

        with self.worker(is_kept=True) as again:
            self.assertEqual(self.ask(again, 1).reason, "contact_budget")

    def test_t18_what_was_thrown_away_does_not_count(self):
        with self.worker() as crashed:
            self.assertFalse(self.ask(crashed, 0).reason)

        with self.worker(is_kept=True) as after:
            self.assertFalse(self.ask(after, 1).reason)
