from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.case.crm_complaint_stage import OPEN_KINDS
from .pages import MAX_ID, MAX_REQUEST_BYTES, read_files, render

#: Where the links somebody came by are kept: not in addresses, which are logged and passed on.
SESSION_KEY = "crm_complaint_links"


class ComplaintPortal(CustomerPortal):
    """The customer's own complaints: a list, a page for each, and what he can do there."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "complaint_count" in counters:
            values["complaint_count"] = request.env["crm.complaint"]._count_portal()
        if "complaint_yours_count" in counters:
            yours = self._get_complaint_filters()["yours"]["domain"]
            values["complaint_yours_count"] = request.env["crm.complaint"]._count_portal(yours)
        return values

    # --- the list

    def _get_complaint_sortings(self):
        return {
            "date": {"label": request.env._("Newest"), "order": "date_received desc, id desc"},
            "oldest": {"label": request.env._("Oldest"), "order": "date_received, id"},
            "name": {"label": request.env._("Subject"), "order": "name, id"},
            "state": {
                "label": request.env._("State"),
                "order": "state, date_received desc, id desc",
            },
        }

    def _get_complaint_filters(self):
        return {
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
            "open": {"label": request.env._("Open"), "domain": Domain("state", "in", OPEN_KINDS)},
            "yours": {
                "label": request.env._("Waiting for you"),
                "domain": Domain("state", "in", ("waiting", "answered")),
            },
            "ended": {
                "label": request.env._("Ended"),
                "domain": Domain("state", "not in", OPEN_KINDS),
            },
        }

    def _get_complaint_inputs(self):
        return {
            "all": {"input": "all", "label": request.env._("Search in all")},
            "number": {"input": "number", "label": request.env._("Search in numbers")},
            "name": {"input": "name", "label": request.env._("Search in subjects")},
        }

    def _get_complaint_search(self, search_in, search):
        if not search:
            return Domain.TRUE
        names = ("number", "name") if search_in == "all" else (search_in,)
        return Domain.OR(Domain(name, "ilike", search) for name in names)

    @route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def my_complaints(self, page=1, sortby="", filterby="", search_in="", search="", **_kwargs):
        """Show the list. What is unknown in the address counts as not there."""
        sortings, filters = self._get_complaint_sortings(), self._get_complaint_filters()
        inputs = self._get_complaint_inputs()
        sortby = sortby if sortby in sortings else "date"
        filterby = filterby if filterby in filters else "all"
        search_in = search_in if search_in in inputs else "all"
        search = search.replace("\x00", "")[:200]
        page = int(page) if str(page).isdecimal() and len(str(page)) < 8 else 1
        domain = filters[filterby]["domain"] & self._get_complaint_search(search_in, search)
        complaints = request.env["crm.complaint"]
        args = {"sortby": sortby, "filterby": filterby, "search_in": search_in, "search": search}
        pages = pager(
            url="/my/complaints",
            total=complaints._count_portal(domain),
            page=page,
            step=self._items_per_page,
            url_args=args,
        )
        found = complaints._search_portal(
            domain,
            order=sortings[sortby]["order"],
            limit=self._items_per_page,
            offset=pages["offset"],
        )
        return render(
            "crm_complaints.portal_my_complaints",
            {
                **self._prepare_portal_layout_values(),
                **args,
                "page_name": "complaint",
                "complaints": found,
                "promises": found._get_promises(),
                "pager": pages,
                "default_url": "/my/complaints",
                "searchbar_sortings": sortings,
                "searchbar_filters": filters,
                "searchbar_inputs": inputs,
            },
        )

    # --- a page

    def _open_complaint(self, complaint_id):
        """Return in sudo the complaint whose page the visitor may open.

        By record rule if signed in, or by the link he came by. What is not his and what does not
        exist give the same answer.

        :raise NotFound: for any other
        """
        complaints = request.env["crm.complaint"]
        complaint = complaints.browse()
        if complaint_id <= MAX_ID:
            complaint = complaints._search_portal([("id", "=", complaint_id)])
            if not complaint:
                token = request.session.get(SESSION_KEY, {}).get(str(complaint_id))
                complaint = complaints._open_by_token(complaint_id, token)
                if complaint.lang:
                    request.update_context(lang=complaint.lang)
        if not complaint:
            raise NotFound
        return complaint.with_context(lang=request.env.lang)

    def _get_author(self, complaint):
        """Return the signed-in customer as author; the complainant himself where he has a link."""
        own = request.env["crm.complaint"]._search_portal([("id", "=", complaint.id)])
        return request.env.user.partner_id if own else complaint.partner_id

    def _enter_by_link(self, complaint_id, token):
        """Keep a link that is good in the session and go on without it; say so if it is not."""
        complaint = request.env["crm.complaint"]._open_by_token(complaint_id, token)
        if not complaint:
            return render("crm_complaints.portal_link_over", {}, status=403)
        links = {**request.session.get(SESSION_KEY, {}), str(complaint.id): token}
        # the last ones only: a session is no archive
        request.session[SESSION_KEY] = dict(list(links.items())[-20:])
        return request.redirect(complaint.access_url, code=303)

    def _render_complaint(self, complaint, status=200, **values):
        talk = complaint._get_page_messages()
        return render(
            "crm_complaints.portal_complaint",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "complaint",
                "complaint": complaint,
                "promise": complaint._get_promises().get(complaint.id),
                "talk": talk,
                "file_endings": complaint._get_file_endings(),
                "is_guest": request.env.user._is_public(),
                **values,
            },
            status=status,
        )

    @route(
        "/my/complaints/<int:complaint_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def my_complaint(self, complaint_id, access_token=None, done="", **_kwargs):
        """Show a complaint. Only looks: mail scanners open links, too."""
        if access_token:
            return self._enter_by_link(complaint_id, access_token)
        try:
            complaint = self._open_complaint(complaint_id)
        except NotFound:
            if request.env.user._is_public():
                return request.redirect(f"/web/login?redirect=/my/complaints/{complaint_id}")
            raise
        return self._render_complaint(complaint, done=done)

    @route(
        "/my/complaints/<int:complaint_id>/message",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        max_content_length=MAX_REQUEST_BYTES,
    )
    def my_complaint_message(self, complaint_id, text="", **_kwargs):
        """Post a message with files."""
        complaint = self._open_complaint(complaint_id)
        try:
            complaint._check_page_flood()
            files = complaint._check_page_files(read_files())
            complaint._page_post(text, files, self._get_author(complaint))
        except UserError as error:
            return self._render_complaint(complaint, status=400, error=str(error), text=text)
        return request.redirect(f"{complaint.access_url}?done=message#talk", code=303)

    @route(
        "/my/complaints/<int:complaint_id>/reply",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def my_complaint_reply(self, complaint_id, reply="", text="", **_kwargs):
        """Accept or contest our answer."""
        complaint = self._open_complaint(complaint_id)
        try:
            if reply not in ("accept", "contest"):
                raise UserError(request.env._("Choose whether you accept the answer."))
            complaint._page_consent(reply == "accept", text, self._get_author(complaint))
        except UserError as error:
            return self._render_complaint(complaint, status=400, reply_error=str(error), reply=text)
        return request.redirect(f"{complaint.access_url}?done={reply}", code=303)

    @route(
        "/my/complaints/<int:complaint_id>/file/<int:file_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def my_complaint_file(self, complaint_id, file_id, **_kwargs):
        """Hand out a file of the talk, to be saved and never shown inside our pages."""
        attachment = self._open_complaint(complaint_id)._get_page_file(file_id)
        if not attachment:
            raise NotFound
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        return stream.get_response(as_attachment=True)

    @route(
        "/my/complaints/<int:complaint_id>/pdf",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def my_complaint_pdf(self, complaint_id, **_kwargs):
        """Print the page."""
        complaint = self._open_complaint(complaint_id)
        return self._show_report(
            complaint, "pdf", "crm_complaints.crm_complaint_page_report", download=True
        )
