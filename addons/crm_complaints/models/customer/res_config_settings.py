from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's settings of pages and forms for customers."""

    _inherit = "res.config.settings"

    has_complaint_form = fields.Boolean(related="company_id.has_complaint_form", readonly=False)
    complaint_form_limit = fields.Integer(related="company_id.complaint_form_limit", readonly=False)
    complaint_link_days = fields.Integer(related="company_id.complaint_link_days", readonly=False)
    complaint_link_closed_days = fields.Integer(
        related="company_id.complaint_link_closed_days", readonly=False
    )
