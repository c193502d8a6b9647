from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.crm_segments.models.engine.source import Source


class CrmSegmentMethod(models.Model):
    """Figures from confirmed orders, without tax, each in its own currency."""

    _inherit = "crm.segment.method"

    source = fields.Selection(
        selection_add=[("order", "Sales orders")],
        ondelete={
            # what they judged by is gone: they stay with their history, out of use
            "order": lambda methods: methods.write({"source": "won", "active": False})
        },
    )

    def _get_sources(self):
        return {
            **super()._get_sources(),
            "order": Source(
                model="sale.order",
                domain=Domain("state", "=", "sale"),
                date="date_order",
                amount="amount_untaxed",
                currency="currency_id",
            ),
        }
