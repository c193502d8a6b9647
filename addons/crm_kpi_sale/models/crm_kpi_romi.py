from odoo import api, models
from odoo.tools import SQL


class CrmKpiRomi(models.Model):
    """The return on marketing is drawn from money received.

    Invoices carry campaign and source of their order. What was reconciled with an invoice counts
    on the day of the payment, money paid back is taken off.
    """

    _inherit = "crm.kpi.romi"

    @api.model
    def _get_income(self):
        return "cash_amount"

    @api.model
    def _get_legs(self):
        return [
            *super()._get_legs(),
            self._get_cash_leg("debit", "credit", ("out_invoice", "out_receipt"), SQL("1")),
            self._get_cash_leg("credit", "debit", ("out_refund",), SQL("-1")),
        ]

    @api.model
    def _get_cash_leg(self, side, other, kinds, sign):
        """Return money on one side of reconciliations with invoices of these kinds."""
        return SQL(
            """
            SELECT money.date, invoice.campaign_id, invoice.source_id, invoice.company_id, figure.*
              FROM account_partial_reconcile AS partial
              JOIN account_move_line AS owed ON owed.id = partial.%(owed)s
              JOIN account_account AS account
                ON account.id = owed.account_id AND account.account_type = 'asset_receivable'
              JOIN account_move AS invoice
                ON invoice.id = owed.move_id AND invoice.move_type IN %(kinds)s
              JOIN account_move_line AS money ON money.id = partial.%(money)s
              JOIN account_journal AS journal
                ON journal.id = money.journal_id AND journal.type IN ('bank', 'cash', 'credit')
        CROSS JOIN LATERAL (
                SELECT 0, 0, 0.0, %(sign)s * partial.amount, 0.0) AS figure(%(names)s)
             WHERE invoice.campaign_id IS NOT NULL OR invoice.source_id IS NOT NULL
            """,
            owed=SQL.identifier(f"{side}_move_id"),
            money=SQL.identifier(f"{other}_move_id"),
            kinds=kinds,
            sign=sign,
            names=self._get_figure_names(),
        )
