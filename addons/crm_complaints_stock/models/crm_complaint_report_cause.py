from odoo import api, fields, models


class CrmComplaintReportCause(models.Model):
    """Confirmed causes by lot."""

    _inherit = "crm.complaint.report.cause"

    lot_id = fields.Many2one("stock.lot", "Lot/Serial Number", readonly=True)

    @api.model
    def _get_complaint_columns(self) -> list[str]:
        return [*super()._get_complaint_columns(), "lot_id"]
