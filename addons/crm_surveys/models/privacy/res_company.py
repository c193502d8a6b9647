from odoo import fields, models


class ResCompany(models.Model):
    """How long answers remain those of a person."""

    _inherit = "res.company"

    survey_retention_months = fields.Integer(
        "Keep Names in Surveys",
        help="So many months after the answer it is anonymized: figures stay, who answered and his"
        " words go. 0: never.",
    )

    _survey_retention_months_positive = models.Constraint(
        "CHECK(survey_retention_months >= 0)",
        "Names in surveys are kept for a number of months, or 0 for ever.",
    )
