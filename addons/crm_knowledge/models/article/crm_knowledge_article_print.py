from urllib.parse import quote

from odoo import models


class CrmKnowledgeArticle(models.Model):
    """An article on paper leads back to the article on the screen."""

    _inherit = "crm.knowledge.article"

    def _get_qr_value(self):
        """Return the address of the article, quoted for the address of its code."""
        self.ensure_one()
        return quote(f"{self.get_base_url()}/odoo/knowledge-base/{self.id}", safe="")
