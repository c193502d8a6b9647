from odoo import fields, models


class ResCompany(models.Model):
    """How many answers an hour come in through open links."""

    _inherit = "res.company"

    survey_open_sender_limit = fields.Integer(
        "Open Answers an Hour from One Place",
        default=30,
        help="How many answers an hour are begun through the links of open surveys from one"
        " internet address. Customers in one shop or office may share one. 0: any number.",
    )
    survey_open_limit = fields.Integer(
        "Open Answers an Hour",
        default=1000,
        help="How many answers an hour are begun through the links of open surveys from all places"
        " together. 0: any number.",
    )

    _survey_open_limits_not_negative = models.Constraint(
        "CHECK(survey_open_sender_limit >= 0 AND survey_open_limit >= 0)",
        "The number of answers an hour cannot be below zero: 0 takes any number.",
    )
