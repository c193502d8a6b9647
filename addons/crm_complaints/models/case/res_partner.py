from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """The complaints of a customer, as far as the viewer may see them."""

    _inherit = "res.partner"

    complaint_count = fields.Integer(
        compute="_compute_complaint_count", groups="crm_complaints.group_user"
    )

    @api.depends_context("uid")
    def _compute_complaint_count(self):
        """Count by customer: a company has the complaints of all its people."""
        complaints = self.env["crm.complaint"]
        counts = dict.fromkeys(self.ids, 0)
        for name in ("commercial_partner_id", "partner_id"):
            rows = complaints._read_group([(name, "in", self.ids)], [name], ["__count"])
            for partner, count in rows:
                # of a company this is the count of all, of a person the count of his own
                counts[partner.id] = max(counts[partner.id], count)
        for partner in self:
            partner.complaint_count = counts.get(partner.id, 0)

    def _get_complaint_domain(self):
        """Return the domain of the complaints that this partner's button counts."""
        self.ensure_one()
        return Domain("commercial_partner_id", "=", self.id) | Domain("partner_id", "=", self.id)

    def action_complaints(self):
        """Open the complaints of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action"
        )
        context = {"default_partner_id": self.id}
        return {**action, "domain": list(self._get_complaint_domain()), "context": context}
