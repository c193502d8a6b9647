from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL


class CrmComplaintReport(models.Model):
    """Complaints by lot and delivery."""

    _inherit = "crm.complaint.report"

    lot_id = fields.Many2one("stock.lot", "Lot/Serial Number", readonly=True)
    picking_id = fields.Many2one("stock.picking", "Delivery", readonly=True)

    @api.model
    def _get_columns(self) -> dict[str, SQL]:
        return {
            **super()._get_columns(),
            "lot_id": SQL("complaint.lot_id"),
            "picking_id": SQL("complaint.picking_id"),
        }
