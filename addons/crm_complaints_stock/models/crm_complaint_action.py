from odoo import fields, models
from odoo.fields import Domain


class CrmComplaintAction(models.Model):
    """An action may be about one lot, and be judged by the deliveries of the same time."""

    _inherit = "crm.complaint.action"

    lot_id = fields.Many2one(
        "stock.lot",
        "Lot/Serial Number",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('product_id', '=?', product_id)]",
        help="Only complaints about this lot are compared.",
    )
    effect_base = fields.Selection(
        selection_add=[("deliveries", "Deliveries")], ondelete={"deliveries": "set default"}
    )

    def _get_effect_domain(self):
        domain = super()._get_effect_domain()
        return domain & Domain("lot_id", "=", self.lot_id.id) if self.lot_id else domain

    def _count_effect_base(self, start, end):
        """Count done deliveries: of the action's product and lot, where it is about them."""
        if self.effect_base != "deliveries":
            return super()._count_effect_base(start, end)
        domain = [
            ("company_id", "=", self.company_id.id),
            ("picking_type_code", "=", "outgoing"),
            ("state", "=", "done"),
            ("date_done", ">=", start),
            ("date_done", "<", end),
        ]
        if self.product_id:
            domain.append(("move_ids.product_id", "=", self.product_id.id))
        if self.lot_id:
            domain.append(("move_line_ids.lot_id", "=", self.lot_id.id))
        # sudo: the verdict must not depend on who asks
        return self.env["stock.picking"].sudo().search_count(domain)
