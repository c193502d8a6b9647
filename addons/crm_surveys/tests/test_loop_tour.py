from odoo.tests import HttpCase, tagged

from .common import SurveysCase


@tagged("post_install", "-at_install")
class TestLoopTour(HttpCase, SurveysCase):
    """A detractor becomes a closed loop, in a browser."""

    browser_size = "1400x900"

    def test_a_detractor_becomes_a_closed_loop(self):
        self.env["crm.survey.topic"].create({"name": "Tour Cause"})
        answers = {"nps": 2, "text": "Nobody called back"}
        response = self.respond(
            self.survey(),
            answers=answers,
            rated_user_id=self.employee.id,
            rated_team_id=self.team.id,
        )

        self.start_tour("/odoo/survey-followups", "crm_surveys_loop", login="srv_leader")

        followup = self.fact(response).followup_ids
        self.assertEqual((followup.state, followup.outcome), ("done", "content"))
