from odoo import fields, models


class ResPartner(models.Model):
    """A contact may ask not to be asked."""

    _inherit = "res.partner"

    has_survey_opt_out = fields.Boolean(
        "Wants No Surveys",
        tracking=True,
        help="No survey is sent to this contact, by whatever way.",
    )
