from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How a company credits complaints, and when it takes a customer for lost."""

    _inherit = "res.config.settings"

    complaint_accountant_id = fields.Many2one(
        related="company_id.complaint_accountant_id", readonly=False
    )
    complaint_revenue_days = fields.Integer(
        related="company_id.complaint_revenue_days", readonly=False
    )
    complaint_lost_percent = fields.Integer(
        related="company_id.complaint_lost_percent", readonly=False
    )
