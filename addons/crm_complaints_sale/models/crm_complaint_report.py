from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL


class CrmComplaintReport(models.Model):
    """Complaints by who sold what they are about."""

    _inherit = "crm.complaint.report"

    order_id = fields.Many2one("sale.order", readonly=True)
    seller_id = fields.Many2one("res.users", "Salesperson", readonly=True)

    @api.model
    def _get_columns(self) -> dict[str, SQL]:
        return {
            **super()._get_columns(),
            "order_id": SQL("complaint.order_id"),
            "seller_id": SQL("sale.user_id"),
        }

    @api.model
    def _get_joins(self) -> dict[str, SQL]:
        self.env["sale.order"].flush_model(["user_id"])
        sale = SQL("LEFT JOIN sale_order AS sale ON sale.id = complaint.order_id")
        return {**super()._get_joins(), "sale": sale}
