from odoo import api, models
from odoo.fields import Domain


class CrmSurveyResult(models.AbstractModel):
    """Who answered an anonymous survey is not known: the way to the answer cannot be counted."""

    _inherit = "crm.survey.result"

    @api.model
    def _get_asked_domain(self, asked, model="crm.survey.fact", date_field="date"):
        domain = super()._get_asked_domain(asked, model, date_field)
        if model == "crm.survey.invitation":
            domain &= Domain("survey_id.is_anonymous", "!=", True)
        return domain
