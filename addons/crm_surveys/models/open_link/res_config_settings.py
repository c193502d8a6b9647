from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of open links."""

    _inherit = "res.config.settings"

    survey_open_sender_limit = fields.Integer(
        related="company_id.survey_open_sender_limit", readonly=False
    )
    survey_open_limit = fields.Integer(related="company_id.survey_open_limit", readonly=False)
