from odoo import api, fields, models
from odoo.tools import SQL


class CrmComplaintIncident(models.Model):
    """Rises of one reason or cause with one lot: a bad charge shows before the product does."""

    _inherit = "crm.complaint.incident"

    lot_id = fields.Many2one(
        "stock.lot",
        "Lot/Serial Number",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    def _get_complaint_domain(self):
        domain = super()._get_complaint_domain()
        return [*domain, ("lot_id", "=", self.lot_id.id)] if self.lot_id else domain

    @api.model
    def _get_besides(self):
        return {**super()._get_besides(), "lot_id": (SQL("complaint.lot_id"), SQL())}
