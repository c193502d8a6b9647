from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's limits for alarms, and how long complaints are kept."""

    _inherit = "res.config.settings"

    complaint_signal_percent = fields.Integer(
        related="company_id.complaint_signal_percent", readonly=False
    )
    complaint_signal_least_count = fields.Integer(
        related="company_id.complaint_signal_least_count", readonly=False
    )
    complaint_incident_user_id = fields.Many2one(
        related="company_id.complaint_incident_user_id", readonly=False
    )
    complaint_rise_days = fields.Integer(related="company_id.complaint_rise_days", readonly=False)
    complaint_retention_months = fields.Integer(
        related="company_id.complaint_retention_months", readonly=False
    )
    complaint_vacuum_months = fields.Integer(
        related="company_id.complaint_vacuum_months", readonly=False
    )
