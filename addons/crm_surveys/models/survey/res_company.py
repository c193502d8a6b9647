from odoo import fields, models

from ...logic.metrics import MINIMUM


class ResCompany(models.Model):
    """From how many answers on a figure is shown."""

    _inherit = "res.company"

    survey_minimum_count = fields.Integer(
        "Answers for a Figure",
        default=MINIMUM,
        help="With fewer answers no figure is shown: it would say more about luck than about work.",
    )

    _survey_minimum_count_positive = models.Constraint(
        "CHECK(survey_minimum_count >= 5)",
        "A figure needs five answers at least: fewer point at single customers.",
    )
