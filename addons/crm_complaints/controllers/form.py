from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from ..logic.form_guard import Verdict
from ..models.customer.crm_complaint_form import CHOICES, TEXT_SIZES, FormSender
from .pages import MAX_REQUEST_BYTES, read_files, render

#: People do not see this field; machines fill in whatever is there.
BAIT = "homepage"


class ComplaintForm(Controller):
    """The forms: one for anybody, one for signed-in customers."""

    def _render_form(self, template, typed=None, error="", status=200):
        complaints = request.env["crm.complaint"]
        # sudo: the catalogues say the same to everybody
        categories = request.env["crm.complaint.category"].sudo().search([])
        remedies = request.env["crm.complaint.remedy"].sudo().search([])
        # a text may come as a file, and goes back as nothing
        typed = {name: text for name, text in (typed or {}).items() if isinstance(text, str)}
        return render(
            template,
            {
                "page_name": "complaint_new",
                "typed": {name: typed.get(name, "") for name in (*TEXT_SIZES, *CHOICES)},
                "sizes": TEXT_SIZES,
                "error": error,
                "stamp": complaints._stamp_form(),
                "categories": categories,
                "remedies": remedies,
                "file_endings": complaints._get_file_endings(),
            },
            status=status,
        )

    def _get_form_company(self):
        """Return the company of the site; refuse where it takes no complaints by form."""
        if not request.env.company.sudo().has_complaint_form:  # sudo: for visitors
            raise NotFound
        return request.env.company

    # --- for anybody

    @route("/complaint", type="http", auth="public", methods=["GET"], website=True, sitemap=True)
    def complaint_form(self, **_kwargs):
        """Show the form for everybody; a customer who is signed in gets his own."""
        self._get_form_company()
        if not request.env.user._is_public():
            return request.redirect("/my/complaints/new")
        return self._render_form("crm_complaints.public_form")

    @route(
        "/complaint/send",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_REQUEST_BYTES,
    )
    def complaint_form_send(self, stamp="", **typed):
        """Take the form. The answer is the same whoever the address belongs to."""
        self._get_form_company()
        sender = FormSender(request.httprequest.remote_addr or "", stamp, bool(typed.get(BAIT)))
        try:
            verdict = request.env["crm.complaint"]._receive_public_form(typed, read_files(), sender)
        except UserError as error:
            return self._render_form("crm_complaints.public_form", typed, str(error), status=400)
        if verdict == Verdict.REFUSE:
            error = request.env._(
                "Too many complaints have come in a short time. Your text is still here: send it"
                " again in an hour, or write to us by e-mail."
            )
            return self._render_form("crm_complaints.public_form", typed, error, status=429)
        return request.redirect("/complaint/thanks", code=303)

    @route(
        "/complaint/thanks",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def complaint_form_thanks(self, **_kwargs):
        """Say that the mail with number and link is on its way."""
        return render("crm_complaints.public_form_thanks", {"page_name": "complaint_new"})

    # --- the link again

    def _render_link_form(self, status=200, **values):
        stamp = request.env["crm.complaint"]._stamp_form()
        return render("crm_complaints.link_form", {"stamp": stamp, **values}, status=status)

    @route("/complaint/link", type="http", auth="public", methods=["GET"], website=True)
    def complaint_link_form(self, done="", **_kwargs):
        """Show where to ask for the link again."""
        return self._render_link_form(done=bool(done))

    @route("/complaint/link/send", type="http", auth="public", methods=["POST"], website=True)
    def complaint_link_send(self, number="", email="", stamp="", **_kwargs):
        """Mail the link again. The answer is the same whether there is such a complaint."""
        sender = FormSender(request.httprequest.remote_addr or "", stamp)
        try:
            request.env["crm.complaint"]._receive_link_form(number, email, sender)
        except UserError as error:
            return self._render_link_form(status=400, error=str(error))
        return request.redirect("/complaint/link?done=1", code=303)

    # --- for customers

    @route("/my/complaints/new", type="http", auth="user", methods=["GET"], website=True)
    def my_complaint_form(self, **_kwargs):
        """Show the form of a signed-in customer."""
        return self._render_form("crm_complaints.portal_form")

    @route(
        "/my/complaints/send",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_REQUEST_BYTES,
    )
    def my_complaint_form_send(self, stamp="", **typed):
        """Take the form of a signed-in customer and show him the page of his complaint."""
        try:
            complaint = request.env["crm.complaint"]._receive_portal_form(
                typed, read_files(), stamp
            )
        except UserError as error:
            return self._render_form("crm_complaints.portal_form", typed, str(error), status=400)
        if not complaint:
            return request.redirect("/my/complaints", code=303)
        return request.redirect(f"{complaint.access_url}?done=new", code=303)
