from odoo import fields, models


class ResCompany(models.Model):
    """How many days make what is new, when results are watched."""

    _inherit = "res.company"

    survey_drop_days = fields.Integer(
        "Days for a Drop",
        default=30,
        help="Answers of the last so many days are held against those of three times as many "
        "days before: where they are clearly worse, the leader is told.",
    )

    _survey_drop_days_positive = models.Constraint(
        "CHECK(survey_drop_days BETWEEN 7 AND 365)",
        "Results are watched over a week at least, and a year at most.",
    )
