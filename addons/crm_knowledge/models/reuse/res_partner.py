from odoo import models


class ResPartner(models.Model):
    """A customer asks with what he has written last, and with his tags."""

    _name = "res.partner"
    _inherit = ["crm.knowledge.askable", "res.partner"]

    def _get_knowledge_texts(self):
        return self._get_customer_messages()

    def _get_message_domain(self):
        """Look wherever the customer has written, not on the contact alone."""
        return [("message_type", "in", ("email", "comment"))]

    def _get_knowledge_links(self):
        categories = self.category_id | self.commercial_partner_id.category_id
        return {"partner_category_ids": categories.ids}

    def _get_knowledge_customer(self):
        return self
