from odoo import fields
from odoo.tests import HttpCase, tagged

from .call_common import CallCase


@tagged("post_install", "-at_install")
class TestCallTour(HttpCase, CallCase):
    """The interviewer's hour in a browser."""

    browser_size = "1400x900"

    def test_an_interviewers_hour(self):
        survey = self.survey(("nps",), title="On the Phone", questions_layout="one_page")
        partners = self.env["res.partner"].create(
            [
                {"name": name, "phone": f"+49 30 65432{number}"}
                for number, name in enumerate(("Nora Noanswer", "Rita Wrong", "Willa Willing"))
            ]
        )
        for value, partner in zip((20, 15, 10), partners, strict=True):
            invitation = self.invite(survey, partner_id=partner.id, channel="phone", value=value)
            invitation._queue_calls()
        calls = self.env["crm.survey.call"].search([("survey_id", "=", survey.id)])
        # whatever hour it is where the test runs
        calls._sealed_write({"date_due": fields.Datetime.now()})

        self.start_tour("/odoo/survey-calls", "crm_surveys_call", login="srv_interviewer")

        fact = self.env["crm.survey.fact"].search([("survey_id", "=", survey.id)])
        self.assertEqual((fact.partner_id, fact.mode), (partners[2], "interview"))
        self.assertEqual(fact.nps_value, 9)
        self.assertEqual(set(calls.mapped("state")), {"waiting", "ended", "done"})
