from odoo.tests import HttpCase, tagged

from .common import SurveysCase


@tagged("post_install", "-at_install")
class TestCustomerTour(SurveysCase, HttpCase):
    """A customer answers from the mail, on a phone."""

    browser_size = "400x800"
    touch_enabled = True

    def test_a_customer_answers_from_the_mail(self):
        survey = self.survey(questions_layout="page_per_question", users_can_go_back=True)
        invitation = self.invite(survey)
        invitation._prepare_responses()
        invitation._move("sent")
        token = invitation.user_input_id.access_token

        self.start_tour(f"/customer-survey/{token}?score=9", "crm_surveys_customer")

        self.assertEqual(invitation.state, "finished")
        self.assertTrue(invitation.date_opened)
        self.assertEqual(self.fact(invitation.user_input_id).nps_value, 10)
