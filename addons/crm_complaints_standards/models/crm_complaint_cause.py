from odoo import fields, models


class CrmComplaintCause(models.Model):
    """A cause may say that somebody did not keep a standard; then the standard has to be named."""

    _inherit = "crm.complaint.cause"

    is_standard_needed = fields.Boolean(
        "Names a Standard",
        help="A complaint with this confirmed cause is closed as upheld only when the standard that"
        " was not kept is named.",
    )
