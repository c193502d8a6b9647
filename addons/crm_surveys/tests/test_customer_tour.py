from unittest.mock import patch

from lxml import html

from odoo.tests import HttpCase, tagged

from .common import SurveysCase

COMMIT = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"


@tagged("post_install", "-at_install")
class TestCustomerTour(SurveysCase, HttpCase):
    """A customer answers from the mail, on a phone."""

    browser_size = "400x800"
    touch_enabled = True

    def test_a_customer_answers_from_the_mail(self):
        survey = self.survey(questions_layout="page_per_question", users_can_go_back=True)
        invitation = self.invite(survey)
        with patch(COMMIT, autospec=True, return_value=60):
            self.env["crm.survey.invitation"]._cron_send()
        mail = self.env["mail.mail"].search([("crm_survey_invitation_id", "=", invitation.id)])
        (link,) = html.fromstring(mail.body_html).xpath("//a[contains(@href, 'score=9')]/@href")
        invitation._move("sent")

        self.start_tour(link[link.index("/customer-survey/") :], "crm_surveys_customer")

        self.assertEqual(invitation.state, "finished")
        self.assertTrue(invitation.date_opened)
        self.assertEqual(self.fact(invitation.user_input_id).nps_value, 10)
