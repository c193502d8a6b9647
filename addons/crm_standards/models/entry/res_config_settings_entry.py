from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of data entry."""

    _inherit = "res.config.settings"

    entry_rare_percent = fields.Integer(
        string="Rarely filled below",
        config_parameter="crm_standards.entry_rare_percent",
        default=20,
        help="In percent of the records a line speaks of.",
    )
