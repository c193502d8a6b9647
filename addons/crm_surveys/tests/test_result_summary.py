from freezegun import freeze_time

from odoo.exceptions import UserError

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
class TestResultSummary(ResultCase):
    """Results on paper."""

    def print(self, user, **filters):
        summaries = self.env["crm.survey.summary"].with_user(user)
        action = summaries.action_print(filters)
        report = self.env["ir.actions.report"].with_user(user)
        ids = action["context"]["active_ids"]
        html, _type = report._render_qweb_html("crm_surveys.crm_survey_summary_print", ids)
        return html.decode()

    def test_the_paper_shows_what_the_page_shows(self):
        survey = self.survey(title="Delivery Survey")
        moment = {"rated_user_id": self.employee.id, "rated_team_id": self.team.id}
        answers = {"nps": 10, "driver": 5, "text": "<b>Bold</b> words"}
        self.answer(survey, [answers] * 12, **moment)

        paper = self.print(self.leader, survey=survey.id)

        for words in ("Emil Employee", "100.0", "Delivery Survey", "Were we fast?"):
            with self.subTest(words=words):
                self.assertIn(words, paper)
        # T6: what customers typed is text
        self.assertIn("&lt;b&gt;Bold", paper)

    def test_times_on_paper_are_those_of_who_prints(self):
        survey = self.survey()
        self.answer(survey, [{"nps": 9, "text": "Late"}], day="2026-03-20")
        self.manager.tz = "Asia/Yekaterinburg"

        paper = self.print(self.manager, survey=survey.id)

        self.assertIn("Asia/Yekaterinburg", paper)
        self.assertRegex(paper, r"3:00\WPM")  # 10:00 in UTC

    def test_t1_the_paper_obeys_the_rules(self):
        survey = self.survey()
        self.answer(survey, [{"nps": 1}] * 12, rated_user_id=self.colleague.id)

        self.assertNotIn("Cora Colleague", self.print(self.employee, survey=survey.id))

    def test_t5_garbage_is_refused_before_it_is_printed(self):
        with self.assertRaises(UserError):
            self.env["crm.survey.summary"].with_user(self.manager).action_print({"user": "x"})
