from odoo import fields, models


class CrmComplaintCategory(models.Model):
    """Which complaints need their causes found before they are closed."""

    _inherit = "crm.complaint.category"

    is_cause_required = fields.Boolean(
        "Causes Required",
        default=True,
        help="A complaint of this category that is upheld, fully or partly, is closed only with"
        " confirmed causes whose shares sum to 100 %.",
    )
