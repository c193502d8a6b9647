from odoo import fields, models


class ResCompany(models.Model):
    """What a company lays down about the end of complaints."""

    _inherit = "res.company"

    complaint_hour_rate = fields.Monetary(
        "Cost of an Hour on Complaints",
        help="What an hour of work on a complaint costs the company.",
    )
