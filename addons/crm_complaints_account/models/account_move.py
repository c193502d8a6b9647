from odoo import api, fields, models


class AccountMove(models.Model):
    """The complaints about an invoice, as far as the viewer may see them."""

    _inherit = "account.move"

    # core has none by customer: debts and revenue of those who complain are looked up by it
    _complaint_customer_index = models.Index(
        "(commercial_partner_id, invoice_date) WHERE state = 'posted'"
    )

    complaint_ids = fields.One2many(
        "crm.complaint", "invoice_id", "Complaints", groups="crm_complaints.group_user"
    )
    complaint_count = fields.Integer(
        compute="_compute_complaint_count", groups="crm_complaints.group_user"
    )

    @api.depends("complaint_ids")
    @api.depends_context("uid")
    def _compute_complaint_count(self):
        counts = self.env["crm.complaint"]._read_group(
            [("invoice_id", "in", self.ids)], ["invoice_id"], ["__count"]
        )
        by_invoice = {invoice.id: count for invoice, count in counts}
        for move in self:
            move.complaint_count = by_invoice.get(move.id, 0)

    def action_complaints(self):
        """Open the complaints about this invoice."""
        self.ensure_one().check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action"
        )
        context = {"default_invoice_id": self.id, "default_partner_id": self.partner_id.id}
        return {**action, "domain": [("invoice_id", "=", self.id)], "context": context}
