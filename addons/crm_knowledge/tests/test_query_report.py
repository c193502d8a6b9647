from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Date

from .common import KnowledgeCase


class TestQueryReport(KnowledgeCase):
    """How many questions are answered, without what was asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Okapi Ltd"})
        today = Date.today()
        cls._asked(today, "opened", "opened", "nothing")
        cls._asked(today - timedelta(days=40), "unopened")

    @classmethod
    def _asked(cls, date, *outcomes, company=None):
        cls.env["crm.knowledge.query"].create(
            [
                {
                    "text": "quagga",
                    "key": "quagga",
                    "date": date,
                    "company_id": (company or cls.company).id,
                    "is_hit": outcome != "nothing",
                    "is_opened": outcome == "opened",
                }
                for outcome in outcomes
            ]
        )

    def _report(self, user):
        user.write({"company_ids": [(4, self.company.id)]})
        reports = self.env["crm.knowledge.query.report"].with_user(user)
        return reports.with_context(allowed_company_ids=self.company.ids)

    def test_questions_are_counted_by_day_and_outcome(self):
        rows = self._report(self.author)._read_group(
            [], ["outcome"], ["asked_count:sum"], order="outcome"
        )

        self.assertEqual(dict(rows), {"opened": 2, "unopened": 1, "nothing": 1})

    def test_a_question_counts_at_once(self):
        report = self._report(self.author)
        self.assertEqual(report.search_count([("outcome", "=", "unopened")]), 1)

        self._asked(Date.today(), "unopened")

        self.assertEqual(report.search_count([("outcome", "=", "unopened")]), 2)

    def test_t20_no_words_leave_the_log(self):
        fields = set(self.env["crm.knowledge.query.report"].fields_get())

        self.assertFalse(fields & {"text", "key", "token", "user_id", "create_uid"})

    def test_t15_another_companys_questions_are_not_counted(self):
        self._asked(Date.today(), "nothing", company=self.env.company)

        self.assertEqual(self._report(self.author).search([]).company_id, self.company)

    def test_t14_readers_have_no_figures(self):
        with self.assertRaises(AccessError):
            self._report(self.reader).search([])
