from odoo.http import request, route

from odoo.addons.survey.controllers.main import Survey

from .pages import tell

#: When to come back, in seconds.
LATER = 3600


class SurveyOpenLink(Survey):
    """The link of an open survey begins an answer each time: not as often as a program likes."""

    @route()
    def survey_start(self, survey_token, answer_token=None, email=False, **post):
        """Let come later who comes too often; who has begun goes on, however many there are."""
        survey = self._find_begun(survey_token, answer_token)
        if survey and not survey._take_open_turn(request.httprequest.remote_addr or ""):
            response = tell("too_many", 429)
            response.headers["Retry-After"] = str(LATER)
            return response
        return super().survey_start(survey_token, answer_token=answer_token, email=email, **post)

    def _find_begun(self, survey_token, answer_token):
        """Return the survey of which core is about to begin an answer, or nothing."""
        known = answer_token or request.cookies.get(f"survey_{survey_token}")
        data = self._get_access_data(survey_token, known, ensure_token=False)
        wrong = ("answer_wrong_user", "token_wrong")
        if known and not answer_token and data["validity_code"] in wrong:
            # core does without a cookie that is no good
            data = self._get_access_data(survey_token, None, ensure_token=False)
        is_new = data["validity_code"] is True and not data["answer_sudo"]
        return data["survey_sudo"] if is_new else None
