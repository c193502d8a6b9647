from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of results."""

    _inherit = "res.config.settings"

    survey_drop_days = fields.Integer(related="company_id.survey_drop_days", readonly=False)
