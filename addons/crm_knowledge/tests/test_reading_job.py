from datetime import date
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import KnowledgeCase

ASK = "odoo.addons.crm_knowledge.models.reading.crm_knowledge_reading_ask"
MONDAY, LATE = "2026-03-02 09:00:00", "2026-03-09 09:00:00"


class TestReadingJob(KnowledgeCase):
    """The job that asks, reminds and releases, run as the scheduler runs it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.knowledge.article"].search([]).sudo().active = False
        cls.first = cls._regulation("First", cls.reader | cls.member)
        cls.second = cls._regulation("Second", cls.leader)

    @classmethod
    def _regulation(cls, name, people):
        return cls.article(
            published=True,
            name=name,
            is_to_confirm=True,
            confirm_user_ids=[Command.set(people.ids)],
            confirm_days=5,
        )

    def _run(self, moment=MONDAY):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("crm_knowledge.crm_knowledge_reading_cron").method_direct_trigger()
        self.env.invalidate_all()

    def _states(self):
        """Return, by article and employee, how each request stands."""
        readings = self.env["crm.knowledge.reading"].search(
            [("article_id", "in", (self.first | self.second).ids)]
        )
        return {(one.article_id.name, one.user_id.login): one.state for one in readings}

    def _count_reminders(self, user):
        domain = [("partner_ids", "in", user.partner_id.ids), ("subject", "like", "Please read")]
        return self.env["mail.message"].search_count(domain)

    def test_everybody_is_asked_about_every_article(self):
        self._run()

        self.assertEqual(
            self._states(),
            {
                ("First", "knw_reader"): "asked",
                ("First", "knw_member"): "asked",
                ("Second", "knw_leader"): "asked",
            },
        )

    def test_t18_a_second_run_asks_and_reminds_nobody_again(self):
        self._run()
        self._run(LATE)
        before = self._states(), self._count_reminders(self.reader)

        self._run(LATE)

        self.assertEqual((self._states(), self._count_reminders(self.reader)), before)
        self.assertEqual(self._count_reminders(self.reader), 1)

    def test_t18_a_broken_article_holds_up_no_other(self):
        settle = type(self.env["crm.knowledge.reading"])._settle

        def fail(readings, article):
            if article.name == "First":
                raise ValueError("broken")
            return settle(readings, article)

        with (
            patch.object(type(self.env["crm.knowledge.reading"]), "_settle", fail),
            mute_logger(ASK),
        ):
            self._run()

        self.assertEqual(self._states(), {("Second", "knw_leader"): "asked"})

    def test_whoever_is_released_in_the_run_is_not_reminded_in_it(self):
        self._run()
        self.first.confirm_user_ids = self.member

        self._run(LATE)

        self.assertEqual(self._states()["First", "knw_reader"], "cancelled")
        self.assertEqual(self._count_reminders(self.reader), 0)
        self.assertEqual(self._count_reminders(self.member), 1)

    def test_what_is_archived_is_asked_about_no_more(self):
        self._run()
        self.second.sudo().active = False

        self._run()

        self.assertEqual(self._states().get(("Second", "knw_leader")), "cancelled")

    def test_the_progress_of_the_job_comes_to_its_end(self):
        self._run()
        self._run(LATE)

        progress = self.env["ir.cron.progress"].search(
            [("cron_id", "=", self.env.ref("crm_knowledge.crm_knowledge_reading_cron").id)],
            order="id desc",
            limit=1,
        )
        # two articles, three who are late, and what is needed no more
        self.assertEqual((progress.done, progress.remaining), (2 + 3 + 1, 0))
        self.assertEqual(self.first.reading_ids[:1].date_reminded, date(2026, 3, 9))
