from odoo import fields, models


class CrmTeam(models.Model):
    """A team may have its own idea of a bottleneck: some processes have one long stage."""

    _inherit = "crm.team"

    complaint_signal_percent = fields.Integer(
        "Bottleneck of Complaints from",
        help="Share of the team's open complaints in one stage, in percent, from which its leader"
        " is told. 0: as the company has it. Above 100: never.",
    )

    _complaint_signal_percent_range = models.Constraint(
        "CHECK(complaint_signal_percent >= 0)",
        "The share of complaints in one stage cannot be below zero.",
    )
