from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings about people: who is told, what counts as mass, how long days are kept."""

    _inherit = "res.config.settings"

    standard_controller_id = fields.Many2one(
        related="company_id.standard_controller_id", readonly=False
    )
    standard_safety_limit = fields.Integer(
        string="Mass Change From",
        config_parameter="crm_standards.safety_limit",
        default=100,
        help="Records exported, passed on, archived or deleted by one person within an hour.",
    )
    standard_safety_read_limit = fields.Integer(
        string="Mass Reading From",
        config_parameter="crm_standards.safety_read_limit",
        default=5000,
        help="Contacts or leads read by one person within an hour, in one server process.",
    )
    standard_safety_retention_days = fields.Integer(
        string="Keep Small Steps (days)",
        config_parameter="crm_standards.safety_retention_days",
        default=365,
    )
    standard_adoption_retention_days = fields.Integer(
        string="Keep Days of Use (days)",
        config_parameter="crm_standards.adoption_retention_days",
        default=400,
        help="At least 36: what is younger is compared.",
    )
