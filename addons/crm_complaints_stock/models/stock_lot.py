from odoo import api, fields, models


class StockLot(models.Model):
    """The complaints about a lot, as far as the viewer may see them."""

    _inherit = "stock.lot"

    complaint_count = fields.Integer(
        "Complaints", compute="_compute_complaint_count", groups="crm_complaints.group_user"
    )

    @api.depends_context("uid")
    def _compute_complaint_count(self):
        counts = self.env["crm.complaint"]._count_by("lot_id", self)
        for lot in self:
            lot.complaint_count = counts.get(lot.id, 0)

    def action_complaints(self):
        """Open the complaints about this lot."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.complaint"]._get_list_action(
            [("lot_id", "=", self.id)], default_lot_id=self.id
        )
