from odoo import fields, models


class ResCompany(models.Model):
    """How the company lets customers in."""

    _inherit = "res.company"

    has_complaint_form = fields.Boolean(
        "Public Complaint Form",
        default=True,
        help="Anybody can hand in a complaint at /complaint without signing in.",
    )
    complaint_form_limit = fields.Integer(
        "Forms an Hour",
        default=300,
        help="How many public forms an hour are taken from all senders together.",
    )
    complaint_link_days = fields.Integer(
        "Days a Link Lasts",
        default=60,
        help="How long the link in a mail to a complainant opens the page of his complaint.",
    )
    complaint_link_closed_days = fields.Integer(
        "Days after Closing",
        default=30,
        help="How long after the case was closed a link still opens the page.",
    )

    _complaint_form_limit_positive = models.Constraint(
        "CHECK (complaint_form_limit >= 0)", "The number of forms an hour cannot be below zero."
    )
    _complaint_link_days_positive = models.Constraint(
        "CHECK (complaint_link_days > 0 AND complaint_link_closed_days >= 0)",
        "A link lasts at least a day.",
    )
