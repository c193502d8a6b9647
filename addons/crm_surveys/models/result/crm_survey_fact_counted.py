from odoo import api, models
from odoo.fields import Domain


class CrmSurveyFact(models.Model):
    """Which results figures are made of."""

    _inherit = "crm.survey.fact"

    @api.model
    def _get_counted_domain(self):
        """Hook: return the domain of the results that count; by default all of them do."""
        return Domain.TRUE
