from odoo import api, fields, models


class CrmLead(models.Model):
    """The complaints of an opportunity, as far as the viewer may see them."""

    _inherit = "crm.lead"

    complaint_ids = fields.One2many(
        "crm.complaint", "lead_id", "Complaints", groups="crm_complaints.group_user"
    )
    complaint_count = fields.Integer(
        compute="_compute_complaint_count", groups="crm_complaints.group_user"
    )

    @api.depends("complaint_ids")
    @api.depends_context("uid")
    def _compute_complaint_count(self):
        counts = self.env["crm.complaint"]._read_group(
            [("lead_id", "in", self.ids)], ["lead_id"], ["__count"]
        )
        by_lead = {lead.id: count for lead, count in counts}
        for lead in self:
            lead.complaint_count = by_lead.get(lead.id, 0)

    def action_complaints(self):
        """Open the complaints of this opportunity."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action"
        )
        context = {"default_lead_id": self.id, "default_partner_id": self.partner_id.id}
        return {**action, "domain": [("lead_id", "=", self.id)], "context": context}
