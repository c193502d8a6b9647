from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class ResCompany(models.Model):
    """How long answers remain those of a person."""

    _inherit = "res.company"

    survey_retention_months = fields.Integer(
        "Keep Names in Surveys",
        help="So many months after the answer it is anonymized: figures stay, who answered and his"
        " words go. Who was asked and did not answer is forgotten so long after. 0: never.",
    )

    _survey_retention_months_positive = models.Constraint(
        "CHECK(survey_retention_months >= 0)",
        "Names in surveys are kept for a number of months, or 0 for ever.",
    )

    @api.model
    def _get_survey_limits(self, now):
        """Return each company that forgets, and until when what happened is forgotten now."""
        return [
            (company, now - relativedelta(months=company.survey_retention_months))
            for company in self.search([("survey_retention_months", ">", 0)])
        ]
