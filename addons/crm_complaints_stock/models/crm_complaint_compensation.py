from odoo import api, fields, models
from odoo.exceptions import UserError

#: Set when a transfer is made; nobody writes them.
LINKS = frozenset({"return_picking_id", "replacement_picking_id"})


class CrmComplaintCompensation(models.Model):
    """Goods that come back or go out to settle a complaint, and the transfers that move them.

    How transfers are made and followed stands in ``crm_complaint_compensation_transfers``.
    """

    _inherit = "crm.complaint.compensation"

    goods_quantity = fields.Float(
        "Quantity",
        digits="Product Unit",
        default=1.0,
        help="How many units are replaced or come back.",
    )
    return_picking_id = fields.Many2one(
        "stock.picking",
        "Return",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="By which the goods come back.",
    )
    replacement_picking_id = fields.Many2one(
        "stock.picking",
        "Replacement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="By which others are sent. When it is done, the compensation is carried out.",
    )
    can_return = fields.Boolean(compute="_compute_can_transfer")
    can_replace = fields.Boolean(compute="_compute_can_transfer")

    _goods_quantity_positive = models.Constraint(
        "CHECK (goods_quantity > 0)", "The quantity of goods must be above zero."
    )

    @api.depends("kind", "state", "return_picking_id", "replacement_picking_id")
    def _compute_can_transfer(self):
        """Offer what can be tried; what is missing is said on the click."""
        for compensation in self:
            is_granted = compensation.state == "approved"
            compensation.can_return = is_granted and compensation._is_free_to("return")
            compensation.can_replace = is_granted and compensation._is_free_to("replacement")

    @api.model_create_multi
    def create(self, vals_list):
        if links := LINKS & set().union(*vals_list):
            raise self._facts_error(links)
        # said here, so that no default of a context says it
        return super().create([{**vals, **dict.fromkeys(LINKS, False)} for vals in vals_list])

    def write(self, vals):
        if links := LINKS & vals.keys():
            raise self._facts_error(links)
        if "goods_quantity" in vals and any(one.state != "proposed" for one in self):
            raise UserError(
                self.env._(
                    "How much is granted is decided and cannot be changed. Withdraw the"
                    " compensation and propose another."
                )
            )
        return super().write(vals)
