from datetime import timedelta

from odoo.fields import Command, Date
from odoo.tests import tagged

from .common import AnswerCase


@tagged("post_install", "-at_install")
class TestGap(AnswerCase):
    """What is asked in vain over complaints stands beside their cause."""

    def _ask(self):
        queries = self.env["crm.knowledge.query"].with_user(self.clerk)
        for _time in range(3):
            queries.note_search("zebra crossing", "crm.complaint", self.complaint.id)
        asked = self.env["crm.knowledge.query"].search([], order="id desc", limit=1)
        asked.date = Date.today() - timedelta(days=1)
        self.env["crm.knowledge.gap"]._cron_find()
        return self.env["crm.knowledge.gap"].search([("name", "=", "zebra crossing")])

    def test_a_gap_names_the_cause_and_how_many_complaints_have_it(self):
        self.complaint.cause_share_ids = [Command.create({"cause_id": self.cause.id})]

        gap = self._ask()

        self.assertEqual(gap.complaint_cause_id, self.cause)
        self.assertEqual(gap.complaint_count, 1)

    def test_t20_a_confidential_complaint_gives_no_cause(self):
        self.complaint.cause_share_ids = [Command.create({"cause_id": self.cause.id})]
        self.complaint.is_confidential = True

        self.assertFalse(self._ask().complaint_cause_id)
