from odoo import fields, models


class CrmTeam(models.Model):
    """A team may have its own idea of a bottleneck: some processes have one long stage."""

    _inherit = "crm.team"

    standard_signal_percent = fields.Integer(
        string="Bottleneck above",
        help="Share of the team's open deals in one stage, in percent, above which its leader is"
        " told. 0: as the company has it. 100: never.",
    )

    _standard_signal_percent_range = models.Constraint(
        "CHECK(standard_signal_percent BETWEEN 0 AND 100)",
        "The share of deals in one stage lies between 0 and 100 %.",
    )
