from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of scorecards."""

    _inherit = "res.config.settings"

    kpi_yellow_from = fields.Float(related="company_id.kpi_yellow_from", readonly=False)
    kpi_green_from = fields.Float(related="company_id.kpi_green_from", readonly=False)
    kpi_close_after = fields.Integer(related="company_id.kpi_close_after", readonly=False)
