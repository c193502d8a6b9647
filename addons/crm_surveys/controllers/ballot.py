from odoo import SUPERUSER_ID
from odoo.http import Controller, request, route
from odoo.tools import html2plaintext

from ..logic.ballot_form import read_form
from .pages import render

PATH = "/customer-survey/ballot/<string:ballot>"


class SurveyBallot(Controller):
    """The page of an anonymous survey: whoever opens it, it is opened by nobody.

    No user, no session, no cookie: a customer who is signed in leaves no trace of the moment,
    neither on what he answers nor on his devices. What others must not know, and so cannot send
    for him, is the ballot; it takes the place of the token of a session.
    """

    def _find(self, ballot, lang):
        """Return the ballot in sudo, in the customer's language."""
        request.update_env(user=request.env(user=SUPERUSER_ID).ref("base.public_user").id)
        langs = request.env["res.lang"]
        known = isinstance(lang, str) and langs._get_data(code=lang).code
        request.update_context(lang=known or "en_US")
        return request.env["crm.survey.ballot"]._find(ballot)

    def _find_obstacle(self, found):
        if not found:
            return self._tell("spent", 404)
        if not found._is_open():
            return self._tell("closed", 410)
        return None

    @route(PATH, type="http", auth="none", methods=["GET"], sitemap=False, save_session=False)
    def survey_ballot(self, ballot, lang="", **_kwargs):
        """Show the questions: looking changes nothing."""
        found = self._find(ballot, lang)
        return self._find_obstacle(found) or self._show(found, {}, {})

    # without a token of the session, since there is no session: the ballot in the address is the
    # secret that a foreign site does not know
    @route(
        PATH,
        type="http",
        auth="none",
        methods=["POST"],
        sitemap=False,
        csrf=False,
        save_session=False,
        readonly=False,
    )
    def survey_ballot_send(self, ballot, lang="", **_kwargs):
        """Put the answers into the box, and forget who brought them."""
        found = self._find(ballot, lang)
        obstacle = self._find_obstacle(found)
        if obstacle:
            return obstacle
        questions = found.survey_id.question_ids
        form = dict(request.httprequest.form.lists())
        answers, errors = read_form(questions._get_asked(), form)
        wrong = questions._find_wrong(answers, errors)
        if wrong or not answers:
            return self._show(found, form, wrong, is_empty=not wrong)
        if not found._cast(answers):
            return self._tell("spent", 404)
        return render("crm_surveys.ballot_cast_page")

    def _tell(self, reason, status):
        """Say why the link leads nowhere: the same words for a wrong one and for a spent one."""
        return render("crm_surveys.ballot_ended_page", {"reason": reason}, status=status)

    def _show(self, found, form, wrong, is_empty=False):
        """Show the form, with what was typed and what is wrong with it."""
        return render(
            "crm_surveys.ballot_page",
            {
                "survey": found.survey_id,
                "company": found.company_id,
                # as text: a picture in it would be loaded with the customer's session
                "description": html2plaintext(found.survey_id.description or ""),
                "plain": html2plaintext,
                "pages": found.survey_id.question_and_page_ids,
                "form": form,
                "wrong": wrong,
                "is_empty": is_empty,
                "lang": request.env.context["lang"],
            },
        )
