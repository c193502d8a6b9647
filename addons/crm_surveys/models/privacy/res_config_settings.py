from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of privacy in surveys."""

    _inherit = "res.config.settings"

    survey_retention_months = fields.Integer(
        related="company_id.survey_retention_months", readonly=False
    )
