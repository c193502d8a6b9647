from odoo import fields, models
from odoo.exceptions import UserError


class StockReturnPicking(models.TransientModel):
    """Odoo's wizard of returns, opened from a compensation: it knows what is to come back."""

    _inherit = "stock.return.picking"

    compensation_id = fields.Many2one(
        "crm.complaint.compensation", readonly=True, ondelete="cascade"
    )

    def _get_compensation(self):
        """Return the compensation, as far as the user may see it: a link proves no right."""
        compensation = self.env["crm.complaint.compensation"].browse(self.compensation_id.id)
        compensation.check_access("read")
        return compensation

    def _prepare_stock_return_picking_line_vals_from_move(self, stock_move):
        vals = super()._prepare_stock_return_picking_line_vals_from_move(stock_move)
        if self.compensation_id:
            vals["quantity"] = self._get_compensation()._get_to_return(stock_move)
        return vals

    def _create_return(self):
        if not self.compensation_id:
            return super()._create_return()
        compensation = self._get_compensation()
        compensation._check_may_transfer("return")
        compensation._check_returnable()
        if self.picking_id != compensation.complaint_id.picking_id:
            raise UserError(self.env._("The goods of a complaint come back from its own delivery."))
        self._check_quantities(compensation)
        picking = super()._create_return()
        self._take_lot(picking, compensation.complaint_id.lot_id)
        compensation._write_facts({"return_picking_id": picking.id})
        return picking

    def _check_quantities(self, compensation):
        """Refuse to take back more than is left."""
        for line in self.product_return_moves:
            left = compensation._get_left(line.move_id) if line.move_id else 0.0
            if line.uom_id.compare(line.quantity, left) > 0:
                raise UserError(
                    self.env._(
                        "Of “%(product)s” only %(left)s can come back from this delivery. Enter"
                        " that much or less.",
                        product=line.product_id.display_name,
                        left=f"{left:g}",
                    )
                )

    def _take_lot(self, picking, lot):
        """Take back the lot that the complaint names, and not just any of the delivery."""
        for move in picking.move_ids.filtered(lambda one: lot and one.product_id == lot.product_id):
            move._do_unreserve()
            vals = move._prepare_move_line_vals(move.product_qty)
            self.env["stock.move.line"].create({**vals, "lot_id": lot.id})
