from odoo import api, models

SECRET = ("survey.user_input", "crm.survey.followup")


class CrmKnowledgeUse(models.Model):
    """That an article was used on a response is known to whoever may read the response."""

    _inherit = "crm.knowledge.use"

    @api.model
    def _get_secret_models(self):
        return [*super()._get_secret_models(), *SECRET]
