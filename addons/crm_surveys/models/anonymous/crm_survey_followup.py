from odoo import api, models


class CrmSurveyFollowup(models.Model):
    """Nobody can be talked to about an anonymous answer."""

    _inherit = "crm.survey.followup"

    @api.model
    def _make(self, facts):
        return super()._make(facts.filtered(lambda fact: not fact.is_anonymous))
