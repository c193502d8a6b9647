from odoo import fields, models


class CrmComplaintPhone(models.TransientModel):
    """A complaint written down on a delivery or a lot is about it."""

    _inherit = "crm.complaint.phone"

    picking_id = fields.Many2one("stock.picking", "Delivery")
    lot_id = fields.Many2one("stock.lot", "Lot/Serial Number")
