from odoo import fields
from odoo.tests import HttpCase, tagged

from .result_common import ResultCase


@tagged("post_install", "-at_install")
class TestResultTour(HttpCase, ResultCase):
    """The results page in a browser."""

    browser_size = "1400x900"

    def test_a_leader_reads_results(self):
        survey = self.survey(("nps", "csat", "driver", "reason", "text"))
        day = fields.Date.to_string(fields.Date.subtract(fields.Date.today(), days=5))
        moment = {"rated_team_id": self.team.id, "day": day}
        price = survey.question_ids.suggested_answer_ids.filtered(lambda one: one.value == "Price")
        answers = {"nps": 10, "driver": 5, "reason": price, "text": "Fast and friendly"}
        self.answer(survey, [answers] * 11, rated_user_id=self.employee.id, **moment)
        self.answer(survey, [{**answers, "csat": 5}] * 2, rated_user_id=self.manager.id, **moment)

        self.start_tour("/odoo/survey-results", "crm_surveys_results", login="srv_leader")
