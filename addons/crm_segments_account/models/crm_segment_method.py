from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.crm_segments.models.engine.source import Source


class CrmSegmentMethod(models.Model):
    """Figures from the books: what was invoiced without tax, and what was paid."""

    _inherit = "crm.segment.method"

    source = fields.Selection(
        selection_add=[("invoice", "Invoiced turnover"), ("cash", "Payments received")],
        ondelete={
            # what they judged by is gone: they stay with their history, out of use
            "invoice": lambda methods: methods.write({"source": "won", "active": False}),
            "cash": lambda methods: methods.write({"source": "won", "active": False}),
        },
    )

    def _get_sources(self):
        return {
            **super()._get_sources(),
            # credit notes are negative; both are in the company's currency
            "invoice": Source(
                model="account.move",
                domain=Domain("move_type", "in", ("out_invoice", "out_refund", "out_receipt"))
                & Domain("state", "=", "posted"),
                date="invoice_date",
                amount="amount_untaxed_signed",
                partner="commercial_partner_id",
            ),
            "cash": Source(
                model="account.payment",
                domain=Domain("partner_type", "=", "customer")
                & Domain("state", "in", ("in_process", "paid")),
                date="date",
                amount="amount_company_currency_signed",
            ),
        }
