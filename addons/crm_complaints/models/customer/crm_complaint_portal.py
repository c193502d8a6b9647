from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS
from odoo.tools import hash_sign, verify_hash_signed

from ..case.crm_complaint_stage import CLOSED_KINDS

#: A link is good for the page of one complaint and for nothing else.
SCOPE = "crm_complaints.page"


class CrmComplaint(models.Model):
    """Who reaches the page of a complaint: a customer by record rule, a complainant by his link.

    Customers have no right on the model: whatever they call over RPC is refused. The pages ask
    the record rules of the signed-in customer and show chosen values only, so that fields added
    later stay inside by themselves.

    A link is signed, names one complaint, and ends: by its age, some time after the case was
    closed, and when the complaint passes to another complainant.
    """

    _inherit = "crm.complaint"

    # Core's links compare with this field and never end. It stays empty, and out of reach.
    access_token = fields.Char(groups=NO_ACCESS)
    link_generation = fields.Integer(
        copy=False,
        groups=NO_ACCESS,
        help="Raised when the complaint passes to another complainant: older links end.",
    )

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"
        return result

    # --- by record rule

    @api.model
    def _get_portal_domain(self):
        """Hook: return the domain of the complaints whose pages the signed-in user may open.

        Of a customer the record rules for the portal decide. They can be made narrower in the
        settings; nothing outside the customer's own company comes in by widening them.
        """
        user = self.env.user
        if user._is_public():
            return Domain.FALSE
        if not user._is_portal():
            # an employee finds here what he complains about himself
            return Domain("partner_id", "=", user.partner_id.id)
        rules = Domain(self.env["ir.rule"]._compute_domain(self._name, "read"))
        return rules & Domain("commercial_partner_id", "=", user.commercial_partner_id.id)

    @api.model
    def _search_portal(self, domain=Domain.TRUE, **kwargs):
        """Return in sudo the complaints of ``domain`` whose pages the signed-in user may open."""
        # sudo: customers have no right on the model; the domain is made of their record rules
        return self.sudo().search(self._get_portal_domain() & Domain(domain), **kwargs)

    @api.model
    def _count_portal(self, domain=Domain.TRUE):
        """Count what :meth:`_search_portal` finds."""
        # sudo: as there
        return self.sudo().search_count(self._get_portal_domain() & Domain(domain))

    # --- by link

    def _portal_ensure_token(self):
        """Return a fresh token for the page. Nothing is stored."""
        self.ensure_one()
        self.check_access("read")
        # sudo: whoever may read a complaint may hand on its page
        complaint = self.sudo()
        return hash_sign(
            complaint.env,
            SCOPE,
            [complaint.id, complaint.link_generation],
            expiration=timedelta(days=complaint.company_id.complaint_link_days),
        )

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):  # pylint: disable=unused-argument; core's signature
        """Return the address of the page, with its own token only."""
        self.ensure_one()
        return self.get_portal_url() if share_token else self.access_url

    @api.model
    def _open_by_token(self, complaint_id, token):
        """Return in sudo the complaint a token opens; empty for any other token.

        Whatever is wrong with it, the answer is the same.
        """
        if not isinstance(token, str) or not 0 < len(token) < 500:
            return self.sudo().browse()  # sudo: as below, and empty
        # sudo: the token is the right
        complaints = self.sudo()
        try:
            opened = verify_hash_signed(complaints.env, SCOPE, token)
        except (ValueError, OverflowError):
            opened = None
        if not opened or opened[0] != complaint_id:
            return complaints.browse()
        complaint = complaints.search([("id", "=", complaint_id)])
        if opened[1] != complaint.link_generation or complaint._is_link_over():
            return complaints.browse()
        return complaint

    def _is_link_over(self):
        """Whether the case is closed for so long that no link opens it any more."""
        if self.state not in CLOSED_KINDS or not self.date_closed:
            return False
        days = self.company_id.complaint_link_closed_days
        return self.date_closed + timedelta(days=days) < fields.Datetime.now()

    def write(self, vals):
        if not {"partner_id", "email_from"} & vals.keys():
            return super().write(vals)
        before = {c.id: (c.partner_id, c.email_normalized) for c in self}
        result = super().write(vals)
        # sudo: nobody else may touch the generation
        passed_on = self.sudo().filtered(lambda c: c._has_passed_on(*before[c.id]))
        for complaint in passed_on:
            complaint.link_generation += 1
        return result

    def _has_passed_on(self, partner, email):
        """Whether another person, or another address, stands where these stood before.

        A complainant written down by his address first and found among the customers later is
        still the same.
        """
        self.ensure_one()
        return bool(
            (partner and partner.sudo() != self.partner_id)  # sudo: as self
            or (email and email != self.email_normalized)
        )
