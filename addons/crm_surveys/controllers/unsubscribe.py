from odoo.http import Controller, request, route

from ..models.sending.crm_survey_invitation import UNSUBSCRIBE_REASONS
from .pages import render, tell

PATH = "/customer-survey/unsubscribe/<int:invitation_id>/<string:signature>"


class SurveyUnsubscribe(Controller):
    """The way out of all surveys, from the mail or from the button of the mail program."""

    @route(PATH, type="http", auth="public", methods=["GET"], website=True, sitemap=False)
    def survey_unsubscribe(self, invitation_id, signature, **_kwargs):
        """Ask whether the customer means it: scanners of mails open all links."""
        invitation = request.env["crm.survey.invitation"]._find_signed(invitation_id, signature)
        if not invitation:
            return tell("wrong", 404)
        reasons = invitation._fields["unsubscribe_reason"]._description_selection(request.env)
        return render(
            "crm_surveys.unsubscribe_page",
            {
                "path": request.httprequest.path,
                "reasons": reasons,
                "company": invitation.company_id,
            },
        )

    # without a token of the session: mail programs post here (RFC 8058), and the signature in
    # the address is the secret that a foreign site does not know
    @route(
        PATH,
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        csrf=False,
        save_session=False,
    )
    def survey_unsubscribe_send(self, invitation_id, signature, reason="", **_kwargs):
        """Ask this contact no more."""
        invitation = request.env["crm.survey.invitation"]._find_signed(invitation_id, signature)
        if not invitation:
            return tell("wrong", 404)
        known = [name for name, _words in UNSUBSCRIBE_REASONS]
        invitation._unsubscribe(reason if reason in known else None)
        return render("crm_surveys.unsubscribed_page", {"company": invitation.company_id})
