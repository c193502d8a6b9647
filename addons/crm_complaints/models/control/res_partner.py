from odoo import models


class ResPartner(models.Model):
    """The profile of a complainant, from the customer."""

    _inherit = "res.partner"

    def action_complaint_profile(self):
        """Open how often this customer complains, beside similar ones. For managers."""
        self.ensure_one()
        self.env["crm.complaint.profile"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_profile_action"
        )
        return {**action, "domain": [("partner_id", "=", self.commercial_partner_id.id)]}
