from odoo import api, models

from ...logic import lifecycle


class CrmKnowledgeArticle(models.Model):
    """What an article cites has changed: whoever answers for it is asked whether it holds."""

    _inherit = "crm.knowledge.article"

    @api.model
    def _doubt_citing(self, link, records, reason):
        """Doubt the published articles linked to records that have changed, and note why.

        :param link: the field of the article that names the records
        :param reason: a sentence for the history of the article, read by all who read the article
        """
        # sudo: what is doubted does not depend on who has changed what it says
        citing = self.sudo().search(
            [
                (link, "in", records.ids),
                ("state", "=", lifecycle.PUBLISHED),
                ("revision_of_id", "=", False),
            ]
        )
        citing._doubt_each(reason)
