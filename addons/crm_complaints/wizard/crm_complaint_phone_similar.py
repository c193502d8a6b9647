from odoo import api, fields, models
from odoo.tools import plaintext2html

from .crm_complaint_phone import LONGEST_NAME


class CrmComplaintPhone(models.TransientModel):
    """Whoever is on the phone sees whether the case is known, as far as he may see complaints."""

    _inherit = "crm.complaint.phone"

    similar = fields.Json(
        "Similar Complaints",
        compute="_compute_similar",
        groups="crm_complaints.group_user",
    )

    @api.depends("partner_id", "email_from", "category_id", "lead_id", "substance")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_similar(self):
        for wizard in self:
            text = (wizard.substance or "").strip()
            complaint = self.env["crm.complaint"].new(
                {
                    "name": text.split("\n")[0][:LONGEST_NAME],
                    "description": plaintext2html(text),
                    "partner_id": wizard.partner_id.id,
                    "email_from": wizard.email_from,
                    "category_id": wizard.category_id.id,
                    "lead_id": wizard.lead_id.id,
                }
            )
            wizard.similar = complaint._find_similar()
