from odoo import api, fields, models


class SaleOrder(models.Model):
    """The complaints about an order, as far as the viewer may see them."""

    _inherit = "sale.order"

    complaint_count = fields.Integer(
        "Complaints", compute="_compute_complaint_count", groups="crm_complaints.group_user"
    )

    @api.depends_context("uid")
    def _compute_complaint_count(self):
        counts = self.env["crm.complaint"]._count_by("order_id", self)
        for order in self:
            order.complaint_count = counts.get(order.id, 0)

    def action_complaints(self):
        """Open the complaints about this order."""
        self.ensure_one()
        return self.env["crm.complaint"]._get_list_action(
            [("order_id", "=", self.id)],
            default_order_id=self.id,
            default_partner_id=self.partner_id.id,
        )
