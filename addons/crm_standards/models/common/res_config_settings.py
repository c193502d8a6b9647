from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's settings of control, on the settings page of CRM."""

    _inherit = "res.config.settings"

    standard_answer_policy_id = fields.Many2one(
        related="company_id.standard_answer_policy_id", readonly=False
    )
    standard_accept_policy_id = fields.Many2one(
        related="company_id.standard_accept_policy_id", readonly=False
    )
    standard_digest_hour = fields.Integer(related="company_id.standard_digest_hour", readonly=False)
    has_standard_controller_digest = fields.Boolean(
        related="company_id.has_standard_controller_digest", readonly=False
    )
