from odoo import api, models

from ...logic.result_filters import METRICS


class CrmSurveyFact(models.Model):
    """No figure of results from too few answers."""

    _name = "crm.survey.fact"
    _inherit = ["crm.survey.fact", "crm.survey.minimum"]

    @api.model
    def _get_judging_fields(self):
        return (
            *super()._get_judging_fields(),
            *(f"{metric}_{kind}" for metric in METRICS for kind in ("value", "points")),
        )

    @api.model
    def _get_judging_domain(self):
        return super()._get_judging_domain() & self._get_counted_domain()
