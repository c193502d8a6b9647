from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What a company lays down about the end of complaints."""

    _inherit = "res.config.settings"

    complaint_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of Complaints"
    )
    complaint_hour_rate = fields.Monetary(
        related="company_id.complaint_hour_rate",
        readonly=False,
        currency_field="complaint_currency_id",
    )
    complaint_reopen_days = fields.Integer(
        related="company_id.complaint_reopen_days", readonly=False
    )
