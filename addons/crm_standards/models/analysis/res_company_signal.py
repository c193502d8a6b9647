from odoo import fields, models


class ResCompany(models.Model):
    """From when on the company calls a stage a bottleneck."""

    _inherit = "res.company"

    standard_signal_percent = fields.Integer(
        string="Bottleneck above",
        default=80,
        help="Share of a team's open deals that stand in one stage, in percent, above which the"
        " team's leader is told. 0 or 100: never.",
    )
    standard_signal_least_count = fields.Integer(
        string="Bottleneck from",
        default=10,
        help="A team with fewer open deals than this is not looked at: a share of few says little.",
    )

    _standard_signal_percent_range = models.Constraint(
        "CHECK(standard_signal_percent BETWEEN 0 AND 100)",
        "The share of deals in one stage lies between 0 and 100 %.",
    )
