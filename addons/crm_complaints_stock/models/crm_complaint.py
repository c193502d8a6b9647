from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmComplaint(models.Model):
    """The delivery a complaint is about, and the lot or serial number of what was delivered."""

    _inherit = "crm.complaint"

    picking_id = fields.Many2one(
        "stock.picking",
        "Delivery",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('picking_type_code', '=', 'outgoing'),"
        " '|', ('partner_id.commercial_partner_id', '=?', commercial_partner_id),"
        " ('partner_id', '=', on_behalf_partner_id)]",
        help="The delivery that the complaint is about. Goods come back from it.",
    )
    lot_id = fields.Many2one(
        "stock.lot",
        "Lot/Serial Number",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('product_id', '=?', product_id)] + (commercial_partner_id and"
        " [('partner_ids', 'child_of', [commercial_partner_id])] or [])",
        help="What was delivered to the customer. The product of the complaint follows it.",
    )
    transfer_count = fields.Integer(
        "Transfers", compute="_compute_transfer_count", groups="stock.group_stock_user"
    )

    @api.depends("compensation_ids.return_picking_id", "compensation_ids.replacement_picking_id")
    @api.depends_context("uid")
    def _compute_transfer_count(self):
        for complaint in self:
            complaint.transfer_count = len(complaint._get_transfers())

    def _get_transfers(self):
        """Return what came back and went out because of these, as far as the viewer may see it."""
        # sudo: only to learn which transfers they are, whose own rules then decide
        compensations = self.sudo().compensation_ids
        transfers = compensations.return_picking_id | compensations.replacement_picking_id
        return transfers._get_with_backorders().sudo(False)._filtered_access("read")

    @api.constrains("picking_id", "partner_id", "on_behalf_partner_id")
    def _check_picking(self):
        for complaint in self:
            # sudo: whose delivery it is does not depend on who writes
            picking = complaint.sudo().picking_id
            if not complaint._is_of_complainant(picking.partner_id):
                raise ValidationError(
                    self.env._(
                        "“%(delivery)s” went to another customer. Choose a delivery to the"
                        " complainant, or enter who got it under “On Behalf of”.",
                        delivery=picking.display_name,
                    )
                )

    @api.constrains("lot_id", "product_id", "picking_id", "partner_id", "on_behalf_partner_id")
    def _check_lot(self):
        for complaint in self.filtered("lot_id"):
            # sudo: what a lot is and who got it does not depend on who writes
            obstacle = complaint.sudo()._find_lot_obstacle()
            if obstacle:
                raise ValidationError(obstacle)

    def _find_lot_obstacle(self):
        """Say why the lot cannot be that of the complaint, if so; in sudo."""
        self.ensure_one()
        lot, picking = self.lot_id, self.picking_id
        if lot.product_id != self.product_id:
            return self.env._(
                "“%(lot)s” is a lot of another product: of “%(product)s”. Choose that product, or"
                " a lot of this one.",
                lot=lot.display_name,
                product=lot.product_id.display_name,
            )
        if picking.state == "done" and lot not in picking.move_line_ids.lot_id:
            return self.env._(
                "“%(lot)s” was not in the delivery %(delivery)s. Choose one of its lots, or another"
                " delivery.",
                lot=lot.display_name,
                delivery=picking.display_name,
            )
        deliveries = lot.delivery_ids
        if not deliveries:
            return self.env._(
                "“%(lot)s” was never delivered to anybody. Choose a lot that the customer got.",
                lot=lot.display_name,
            )
        # sold to somebody unknown, at a till: nobody can say it was not to him
        is_known = all(delivery.partner_id for delivery in deliveries)
        if is_known and not self._is_of_complainant(deliveries.partner_id):
            return self.env._(
                "“%(lot)s” was delivered to another customer. Choose a lot that the complainant"
                " got, or enter who got it under “On Behalf of”.",
                lot=lot.display_name,
            )
        return None

    def action_picking(self):
        """Open the delivery."""
        self.ensure_one()
        self.check_access("read")
        self.picking_id.check_access("read")
        return self.picking_id._get_open_action()

    def action_transfers(self):
        """Open what came back and went out because of the complaint."""
        self.ensure_one()
        self.check_access("read")
        return self._get_transfers()._get_open_action()

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), "picking_id", "lot_id"]

    @api.model
    def _get_split_links(self):
        # the lot is for the part to say
        return [*super()._get_split_links(), "picking_id"]

    @api.model
    def _get_product_sources(self):
        return [*super()._get_product_sources(), "lot_id"]

    @api.model
    def _get_document_customer(self, document):
        """Return of a lot who got it last."""
        if document._name == "stock.lot":
            return document.partner_ids[:1]
        return super()._get_document_customer(document)

    @api.model
    def _get_person_fields(self, model):
        """Deliveries and lots name who got them: they go when a complaint is anonymized."""
        return [
            *super()._get_person_fields(model),
            *(
                name
                for name, field in model._fields.items()
                if field.store
                and field.type == "many2one"
                and field.comodel_name in ("stock.picking", "stock.lot")
                and not field.required
            ),
        ]
