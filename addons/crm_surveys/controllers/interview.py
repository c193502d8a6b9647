from odoo.http import request

from odoo.addons.survey.controllers.main import Survey


class SurveyInterview(Survey):
    """Core's pages, for an interviewer who is on the phone with the customer."""

    def _check_validity(
        self, survey_sudo, answer_sudo, answer_token, ensure_token=True, check_partner=True
    ):
        """Let an interviewer answer for the customer of his call, and for nobody else."""
        if check_partner and answer_sudo and answer_token:
            check_partner = not answer_sudo._get_interview(request.env.user)
        return super()._check_validity(
            survey_sudo, answer_sudo, answer_token, ensure_token, check_partner
        )
