from odoo import models

from ...logic import lifecycle
from .crm_knowledge_gap import IN_WORK


class CrmKnowledgeArticle(models.Model):
    """A published answer closes the gap it was written for."""

    _inherit = "crm.knowledge.article"

    def _follow_move(self, deed):
        result = super()._follow_move(deed)
        if deed == lifecycle.PUBLISH:
            # sudo: whoever publishes need not see the list of gaps
            gaps = self.env["crm.knowledge.gap"].sudo()
            gaps.search([("article_id", "in", self.ids), ("state", "=", IN_WORK)])._set_answered()
        return result
