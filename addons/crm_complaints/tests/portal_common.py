import re

from odoo.fields import Command
from odoo.tests import HttpCase

from odoo.addons.crm_deadline.tests.people import QUIET

from .common import ComplaintsCase


class PortalCase(ComplaintsCase, HttpCase):
    """A customer with an account, a colleague in his company, a stranger, and a complaint each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "desk@us.example.com"
        cls.petra = cls.customer_user.partner_id
        cls.petra.write({"parent_id": cls.company_partner.id})
        cls.peer_user, cls.stranger_user = cls._make_users(
            ("cmp_peer", "Paul Peer", "base.group_portal"),
            ("cmp_stranger", "Stan Stranger", "base.group_portal"),
        )
        cls.peer_user.partner_id.parent_id = cls.company_partner
        cls.own = cls.complaint(name="Own case", partner_id=cls.petra.id)
        cls.foreign = cls.complaint(name="Foreign case", partner_id=cls.stranger_user.partner_id.id)

    @classmethod
    def _answer(cls, complaint):
        complaint.stage_id = cls.stage_answered

    def page(self, complaint, suffix="", **params):
        """Get the page of a complaint, or what hangs on it."""
        return self.url_open(f"/my/complaints/{complaint.id}{suffix}", params=params or None)

    def post(self, url, files=None, **data):
        """Post a form as a browser does: with the token that the session's pages carry."""
        return self.url_open(
            url, data={"csrf_token": self.csrf_token(), **data}, files=files, method="POST"
        )

    def csrf_token(self):
        return self.session and self._csrf_of_page()

    def _csrf_of_page(self):
        text = self.url_open("/complaint/link").text
        return re.search(r'name="csrf_token" value="([^"]+)"', text).group(1)

    def link(self, complaint):
        return complaint.sudo()._portal_ensure_token()

    @classmethod
    def _make_other_company(cls):
        company = cls.env["res.company"].create({"name": "Other Company"})
        cls.env.user.company_ids = [Command.link(company.id)]
        return company


__all__ = ["QUIET", "PortalCase"]
