from odoo.fields import Datetime
from odoo.http import Controller, request, route

from odoo.addons.survey.controllers.main import Survey

from ..logic.invitation import OPENED
from ..models.survey.survey_survey import OURS
from .pages import render, tell


class SurveyRetry(Survey):
    """Nobody votes twice by his link."""

    @route()
    def survey_retry(self, survey_token, answer_token, **post):
        """Lead back to the answer that was given: a further one would count as another's."""
        # sudo: the two tokens are what a customer has
        response = (
            request.env["survey.user_input"]
            .sudo()
            .search(
                [
                    ("access_token", "=", answer_token),
                    ("survey_id.access_token", "=", survey_token),
                ],
                limit=1,
            )
        )
        if response.survey_id.survey_type != OURS or response.test_entry:
            return super().survey_retry(survey_token, answer_token, **post)
        return request.redirect(f"/survey/{survey_token}/{answer_token}", code=303)


class SurveyAnswer(Controller):
    """The link in the mail. Looking changes nothing; what is sent from the page counts."""

    def _find_obstacle(self, response):
        """Return the page that says why nobody can answer by this link, or nothing."""
        if not response:
            return tell("wrong", 404)
        user = request.env.user
        if not user._is_public() and response.partner_id != user.partner_id:
            # nobody who is signed in answers for somebody else
            return tell("other_user", 403)
        if response.state == "done":
            return tell("done", 200)
        if response.survey_id.users_login_required and user._is_public():
            return self._go_on(response)  # core asks to sign in
        has_ended = response.deadline and response.deadline < Datetime.now()
        if has_ended or not response.survey_id.active or not response.survey_id.question_ids:
            return tell("closed", 410)
        return None

    def _go_on(self, response):
        """Return the page of the survey itself: core's."""
        survey = response.survey_id
        return request.redirect(f"/survey/{survey.access_token}/{response.access_token}", code=303)

    @route(
        "/customer-survey/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def survey_score(self, token, score="", **_kwargs):
        """Show the first question with the score that was clicked in the mail."""
        response = request.env["survey.user_input"]._find_by_token(token)
        obstacle = self._find_obstacle(response)
        if obstacle:
            return obstacle
        question = response.survey_id._get_score_question()
        if not question:
            return self._go_on(response)
        lang = response.lang_id.code or request.env.lang
        return render(
            "crm_surveys.score_page",
            {
                "survey": response.survey_id.with_context(lang=lang),
                "asked": question.with_context(lang=lang),
                "token": response.access_token,
                "chosen": self._read_score(question, score),
            },
        )

    @route(
        "/customer-survey/<string:token>/answer",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def survey_score_send(self, token, score="", **_kwargs):
        """Count the score, and go on with the other questions."""
        response = request.env["survey.user_input"]._find_by_token(token)
        obstacle = self._find_obstacle(response)
        if obstacle:
            return obstacle
        question = response.survey_id._get_score_question()
        value = self._read_score(question, score) if question else None
        # a second click comes while the first is at work: it leads on, and counts nothing
        if value is not None and response.try_lock_for_update():
            response._take_score(value)
        return self._go_on(response)

    @route(
        "/customer-survey/<string:token>/seen",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def survey_seen(self, token, **_kwargs):
        """Note that a person has the page before the eyes; the answer tells nobody anything."""
        response = request.env["survey.user_input"]._find_by_token(token)
        if not self._find_obstacle(response):
            response.invitation_id._move(OPENED)
        return request.make_response("", status=204)

    def _read_score(self, question, score):
        """Return the place on the scale, or nothing where the text names none."""
        known = {str(value): value for value in range(question.scale_min, question.scale_max + 1)}
        return known.get(score) if isinstance(score, str) else None
