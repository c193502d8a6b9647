from odoo import fields, models


class CrmLostReason(models.Model):
    """A reason says whether the customer went to a competitor."""

    _inherit = "crm.lost.reason"

    is_to_competitor = fields.Boolean(
        "To a Competitor", help="Customers lost for this reason count as gone to a competitor."
    )
