from odoo import api, fields, models


class CrmComplaintPhone(models.TransientModel):
    """The dialog opened on an invoice knows whose it is, and hands it in with the complaint."""

    _inherit = "crm.complaint.phone"

    invoice_id = fields.Many2one("account.move", readonly=True)

    @api.model
    def default_get(self, fields_list):
        """Take the customer and the invoice over, where the user may read it."""
        values = super().default_get(fields_list)
        model, id_ = (self.env.context.get(f"active_{name}") for name in ("model", "id"))
        if model != "account.move" or not isinstance(id_, int):
            return values
        invoice = self.env["account.move"].browse(id_).exists()
        if not invoice or not invoice.has_access("read"):
            return values
        found = {"invoice_id": invoice.id, "partner_id": invoice.partner_id.id}
        return values | {name: value for name, value in found.items() if name in fields_list}

    def _prepare_complaint(self):
        values = super()._prepare_complaint()
        return {**values, "invoice_id": self.invoice_id.id} if self.invoice_id else values
