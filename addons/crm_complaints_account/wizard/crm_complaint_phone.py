from odoo import fields, models


class CrmComplaintPhone(models.TransientModel):
    """The dialog opened on an invoice knows whose it is, and hands it in with the complaint."""

    _inherit = "crm.complaint.phone"

    invoice_id = fields.Many2one("account.move", readonly=True)
