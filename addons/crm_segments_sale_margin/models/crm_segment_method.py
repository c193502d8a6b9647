from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.crm_segments.models.engine.source import Source


class CrmSegmentMethod(models.Model):
    """Figures from what is left of confirmed orders after their costs, each in its own currency."""

    _inherit = "crm.segment.method"

    source = fields.Selection(
        selection_add=[("margin", "Margins of sales orders")],
        ondelete={
            # what they judged by is gone: they stay with their history, out of use
            "margin": lambda methods: methods.write({"source": "won", "active": False})
        },
    )

    def _get_sources(self):
        return {
            **super()._get_sources(),
            "margin": Source(
                model="sale.order",
                domain=Domain("state", "=", "sale"),
                date="date_order",
                amount="margin",
                currency="currency_id",
            ),
        }
