from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_complaint_profile import REVENUE_FIELDS, REVENUE_TYPES

#: For those who judge customers, and for those who see invoices anyway.
READERS = (
    "crm_complaints.group_manager,account.group_account_invoice,account.group_account_readonly"
)
VERDICTS = [
    ("saved", "Saved: buys on"),
    ("lost", "Lost: buys no more, or hardly"),
    ("running", "Too early to say"),
]


class CrmComplaintReport(models.Model):
    """Whether customers go on buying after a complaint: revenue in equal times before and after.

    Untaxed, by date of invoice, credit notes taken off. The day of the complaint belongs to the
    time after it. A customer who bought nothing before cannot be lost, and is left out.
    """

    _inherit = "crm.complaint.report"

    revenue_before = fields.Monetary(
        readonly=True,
        currency_field="company_currency_id",
        aggregator="avg",
        groups=READERS,
        help="What the customer was invoiced without tax in the time before the complaint. How long"
        " that is stands in the settings.",
    )
    revenue_after = fields.Monetary(
        readonly=True,
        currency_field="company_currency_id",
        aggregator="avg",
        groups=READERS,
        help="The same in the time after it, so far.",
    )
    revenue_verdict = fields.Selection(
        VERDICTS,
        "After the Complaint",
        readonly=True,
        groups=READERS,
        help="Lost: revenue fell to less than the share that the settings name. It happened after"
        " the complaint, which does not say that it happened because of it.",
    )
    saved_percent = fields.Float(
        "Saved (%)",
        readonly=True,
        aggregator="avg",
        groups=READERS,
        help="Customers who buy on after their complaint, of those whose time is over.",
    )

    @api.model
    def _get_columns(self) -> dict[str, SQL]:
        bought = SQL("COALESCE(sales.revenue_before, 0) > 0")
        over = SQL(
            "complaint.date_received::date + firm.complaint_revenue_days < %s",
            fields.Date.today(),
        )
        kept = SQL(
            "COALESCE(sales.revenue_after, 0) > 0 AND COALESCE(sales.revenue_after, 0)"
            " >= sales.revenue_before * firm.complaint_lost_percent / 100.0"
        )
        return {
            **super()._get_columns(),
            "revenue_before": SQL("CASE WHEN %s THEN sales.revenue_before END", bought),
            # nothing bought is nothing, not unknown: averages count it
            "revenue_after": SQL("CASE WHEN %s THEN COALESCE(sales.revenue_after, 0) END", bought),
            # whoever already buys enough is saved before the time is over
            "revenue_verdict": SQL(
                "CASE WHEN NOT %s THEN NULL WHEN %s THEN 'saved'"
                " WHEN %s THEN 'lost' ELSE 'running' END",
                bought,
                kept,
                over,
            ),
            # of those alone whose time is over: early ones could only be saved
            "saved_percent": SQL(
                "CASE WHEN %s AND %s THEN CASE WHEN %s THEN 100.0 ELSE 0.0 END END",
                bought,
                over,
                kept,
            ),
        }

    @api.model
    def _get_joins(self) -> dict[str, SQL]:
        self.env["account.move"].flush_model(REVENUE_FIELDS)
        self.env["res.company"].flush_model(["complaint_revenue_days", "complaint_lost_percent"])
        return {
            **super()._get_joins(),
            "firm": SQL("LEFT JOIN res_company AS firm ON firm.id = complaint.company_id"),
            "sales": SQL(
                """
                LEFT JOIN (
                    SELECT judged.id,
                           SUM(move.amount_untaxed_signed)
                               FILTER (WHERE move.invoice_date < judged.date_received::date)
                               AS revenue_before,
                           SUM(move.amount_untaxed_signed)
                               FILTER (WHERE move.invoice_date >= judged.date_received::date)
                               AS revenue_after
                      FROM crm_complaint AS judged
                      JOIN res_company AS owner ON owner.id = judged.company_id
                      JOIN account_move AS move
                        ON move.commercial_partner_id = judged.commercial_partner_id
                       AND move.company_id = judged.company_id
                       AND move.state = 'posted'
                       AND move.move_type IN %s
                       AND move.invoice_date
                           >= judged.date_received::date - owner.complaint_revenue_days
                       AND move.invoice_date
                           < judged.date_received::date + owner.complaint_revenue_days
                  GROUP BY judged.id
                ) AS sales ON sales.id = complaint.id
                """,
                REVENUE_TYPES,
            ),
        }
