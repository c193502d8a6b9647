from odoo import fields, models


class ResCompany(models.Model):
    """What a company lays down about the end of complaints."""

    _inherit = "res.company"

    complaint_hour_rate = fields.Monetary(
        "Cost of an Hour on Complaints",
        help="What an hour of work on a complaint costs the company.",
    )
    complaint_reopen_days = fields.Integer(
        "Reopen Complaints within",
        default=30,
        help="In days. When the customer comes back later, a new complaint goes on from the ended"
        " one.",
    )

    _complaint_reopen_days_positive = models.Constraint(
        "CHECK (complaint_reopen_days >= 0)", "The days for reopening cannot be below zero."
    )
