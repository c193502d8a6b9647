from __future__ import annotations

from odoo import api, models
from odoo.tools import SQL

#: What customers are billed and credited.
REVENUE_TYPES = ("out_invoice", "out_refund", "out_receipt")
REVENUE_FIELDS = (
    "amount_untaxed_signed", "commercial_partner_id", "company_id", "invoice_date", "move_type",
    "state",
)  # fmt: skip


class CrmComplaintProfile(models.Model):
    """What the customer buys, beside what he was granted: untaxed, credit notes taken off."""

    _inherit = "crm.complaint.profile"

    @api.model
    def _get_revenue_query(self) -> SQL:
        self.env["account.move"].flush_model(REVENUE_FIELDS)
        return SQL(
            """
            SELECT commercial_partner_id AS partner_id, company_id,
                   SUM(amount_untaxed_signed) AS revenue
              FROM account_move
             WHERE state = 'posted' AND move_type IN %s
               AND commercial_partner_id IN (SELECT commercial_partner_id FROM crm_complaint)
          GROUP BY commercial_partner_id, company_id
            """,
            REVENUE_TYPES,
        )

    def _explain(self, right, often):
        """Say the compensation as a part of the revenue, where there is both."""
        text = super()._explain(right, often)
        if self.compensation <= 0 or self.revenue <= 0:
            return text
        line = self.env._(
            "He was granted %(compensation)s, which is %(percent)s %% of the %(revenue)s he was"
            " invoiced without tax.",
            compensation=self.currency_id.format(self.compensation),
            percent=round(self.compensation_percent, 1),
            revenue=self.currency_id.format(self.revenue),
        )
        return f"{line}\n{text}"
