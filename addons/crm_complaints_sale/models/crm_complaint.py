from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmComplaint(models.Model):
    """The order a complaint is about, and the line of it."""

    _inherit = "crm.complaint"

    order_id = fields.Many2one(
        "sale.order",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="['|', ('partner_id.commercial_partner_id', '=?', commercial_partner_id),"
        " ('partner_id', '=', on_behalf_partner_id)]",
        help="The order that the complaint is about.",
    )
    order_line_id = fields.Many2one(
        "sale.order.line",
        compute="_compute_order_line_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
        help="What of the order it is about. The product of the complaint follows it.",
    )
    # its changes are told on the order
    seller_id = fields.Many2one(related="order_id.user_id", string="Salesperson", tracking=False)

    @api.depends("order_id")
    def _compute_order_line_id(self):
        """Drop the line of another order."""
        for complaint in self:
            line = complaint.order_line_id
            complaint.order_line_id = line if line.order_id == complaint.order_id else False

    @api.constrains("order_id", "partner_id", "on_behalf_partner_id")
    def _check_order(self):
        for complaint in self:
            # sudo: whose order it is does not depend on who writes
            order = complaint.sudo().order_id
            partners = order.partner_id | order.partner_invoice_id | order.partner_shipping_id
            if not complaint._is_of_complainant(partners):
                raise ValidationError(
                    self.env._(
                        "“%(order)s” is an order of another customer. Choose one of the"
                        " complainant's, or enter its customer under “On Behalf of”.",
                        order=order.display_name,
                    )
                )

    @api.constrains("order_id", "order_line_id", "product_id")
    def _check_order_line(self):
        for complaint in self:
            # sudo: as above
            line, order = complaint.sudo().order_line_id, complaint.sudo().order_id
            if line and line.order_id != order:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is not a line of the order of this complaint. Choose a line"
                        " of the order, or the order of the line.",
                        line=line.display_name,
                    )
                )
            if line.product_id and line.product_id != complaint.product_id:
                raise ValidationError(
                    self.env._(
                        "The order line “%(line)s” is about another product. Choose the product of"
                        " the line, or another line.",
                        line=line.display_name,
                    )
                )

    def action_open_order(self):
        """Open the order."""
        self.ensure_one()
        self.check_access("read")
        self.order_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), "order_id", "order_line_id"]

    @api.model
    def _get_split_links(self):
        # the line is for the part to say
        return [*super()._get_split_links(), "order_id"]

    @api.model
    def _get_product_sources(self):
        return [*super()._get_product_sources(), "order_line_id"]

    @api.model
    def _get_person_fields(self, model):
        """An order names its customer: it goes when a complaint is anonymized."""
        names = super()._get_person_fields(model)
        return [*names, "order_id", "order_line_id"] if model._name == self._name else names
