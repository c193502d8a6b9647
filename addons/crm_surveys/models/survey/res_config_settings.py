from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of customer surveys."""

    _inherit = "res.config.settings"

    survey_minimum_count = fields.Integer(related="company_id.survey_minimum_count", readonly=False)
