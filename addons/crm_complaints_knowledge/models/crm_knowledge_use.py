from odoo import api, models


class CrmKnowledgeUse(models.Model):
    """That an article was used on a complaint is known to whoever may read the complaint."""

    _inherit = "crm.knowledge.use"

    @api.model
    def _get_secret_models(self):
        return [*super()._get_secret_models(), "crm.complaint"]
