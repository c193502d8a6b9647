from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's idea of a bottleneck, among the settings of the pipeline."""

    _inherit = "res.config.settings"

    standard_signal_percent = fields.Integer(
        related="company_id.standard_signal_percent", readonly=False
    )
    standard_signal_least_count = fields.Integer(
        related="company_id.standard_signal_least_count", readonly=False
    )
