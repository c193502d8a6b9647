from odoo import api, fields, models
from odoo.exceptions import UserError
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

    @api.model_create_multi
    def create(self, vals_list):
        default_id = self.env.context.get("default_lot_id")
        self._check_lots([vals.get("lot_id", default_id) for vals in vals_list])
        actions = super().create(vals_list)
        # again, for defaults from elsewhere
        self._check_lots(actions.lot_id.ids)
        return actions

    def write(self, vals):
        self._check_lots([vals.get("lot_id")])
        return super().write(vals)

    @api.model
    def _check_lots(self, ids):
        """Refuse lots out of the user's reach: their names would tell."""
        ids = [id_ for id_ in ids if id_]
        if not all(isinstance(id_, int) for id_ in ids):
            raise UserError(self.env._("Choose the lot again: it is named by its number."))
        if ids:
            self.env["stock.lot"].browse(ids).check_access("read")

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
