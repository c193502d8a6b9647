from odoo import fields, models


class CrmComplaintPhone(models.TransientModel):
    """A complaint written down on an order is about that order."""

    _inherit = "crm.complaint.phone"

    order_id = fields.Many2one("sale.order")
