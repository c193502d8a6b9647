from odoo import api, models
from odoo.fields import Domain


class CrmSurveyFactScore(models.Model):
    """No figure of a driver from too few answers."""

    _name = "crm.survey.fact.score"
    _inherit = ["crm.survey.fact.score", "crm.survey.minimum"]

    @api.model
    def _get_judging_fields(self):
        return (*super()._get_judging_fields(), "value")

    @api.model
    def _get_judging_domain(self):
        domain = super()._get_judging_domain()
        return domain & Domain("fact_id", "any", self.env["crm.survey.fact"]._get_counted_domain())
