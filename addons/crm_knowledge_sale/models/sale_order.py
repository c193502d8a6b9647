from odoo import models

from odoo.addons.crm_knowledge.logic.text import strip_html


class SaleOrder(models.Model):
    """An order asks in its customer's words, and by its products."""

    _name = "sale.order"
    _inherit = ["crm.knowledge.askable", "sale.order"]

    def _get_knowledge_texts(self):
        goods = self.order_line.product_id.mapped("name")
        return [*self._get_customer_messages(), strip_html(self.note), *goods]

    def _get_knowledge_links(self):
        return {
            "product_ids": self.order_line.product_id.product_tmpl_id.ids,
            "partner_category_ids": (
                self.partner_id.category_id | self.partner_id.commercial_partner_id.category_id
            ).ids,
        }

    def _get_knowledge_customer(self):
        return self.partner_id

    def _get_knowledge_team(self):
        return self.team_id or super()._get_knowledge_team()

    def _get_knowledge_variables(self):
        variables = super()._get_knowledge_variables()
        seller = self.user_id
        return {
            **variables,
            "order": self.name or "",
            "order_total": self.currency_id.format(self.amount_total),
            "salesperson": seller.name or "",
            "salesperson_phone": seller.phone or "",
            "salesperson_email": seller.email or "",
        }

    def _get_capture_links(self):
        goods = self.order_line.product_id.product_tmpl_id
        return {**super()._get_capture_links(), "product_ids": goods.ids}

    def _get_private_names(self):
        # sudo: a name is taken out also where the writer may not open the contact
        others = (self.partner_invoice_id | self.partner_shipping_id).sudo()
        names = [self.name, self.client_order_ref, *others.mapped("name")]
        return [*super()._get_private_names(), *filter(None, names)]
