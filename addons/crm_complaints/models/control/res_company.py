from odoo import fields, models


class ResCompany(models.Model):
    """From when on figures of complaints alarm the company, and how long it keeps them."""

    _inherit = "res.company"

    complaint_signal_percent = fields.Integer(
        "Bottleneck of Complaints from",
        default=80,
        help="Share of a team's open complaints that stand in one stage, in percent, from which"
        " the team's leader is told. 0: never.",
    )
    complaint_signal_least_count = fields.Integer(
        "Bottleneck with at Least so Many Complaints",
        default=10,
        help="A team with fewer open complaints is not looked at: a share of few says little.",
    )
    complaint_incident_user_id = fields.Many2one(
        "res.users",
        "Incidents of Complaints Go to",
        ondelete="set null",
        help="Who is told of a sudden rise where no team has a leader.",
    )
    complaint_rise_days = fields.Integer(
        "Rise of Complaints within Days",
        default=7,
        help="The days whose complaints are compared with equal periods before.",
    )
    complaint_retention_months = fields.Integer(
        "Keep Data of Complainants",
        help="Months after the end of a case until it is anonymized. 0: for ever. A category"
        " may say otherwise.",
    )
    complaint_vacuum_months = fields.Integer(
        "Keep Anonymized Complaints",
        help="Months after its anonymization until a case is removed, figures and all. 0: never.",
    )

    _complaint_signal_percent_range = models.Constraint(
        "CHECK(complaint_signal_percent BETWEEN 0 AND 100)",
        "The share of complaints in one stage lies between 0 and 100 %.",
    )
    _complaint_rise_days_range = models.Constraint(
        "CHECK(complaint_rise_days BETWEEN 1 AND 92)",
        "Complaints are compared over 1 to 92 days.",
    )
    _complaint_retention_positive = models.Constraint(
        "CHECK(complaint_retention_months >= 0 AND complaint_vacuum_months >= 0)",
        "A time of keeping cannot be below zero.",
    )
