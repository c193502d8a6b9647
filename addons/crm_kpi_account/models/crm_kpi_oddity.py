from odoo import api, fields, models
from odoo.tools import SQL

SPLIT_PAYMENT = "split_payment"


class CrmKpiOddity(models.Model):
    """Invoices paid in several parts on one day: more payments for the same money."""

    _inherit = "crm.kpi.oddity"

    kind = fields.Selection(
        selection_add=[(SPLIT_PAYMENT, "Several payments for one invoice on one day")],
        # they can be found again when the add-on is back
        ondelete={SPLIT_PAYMENT: lambda oddities: oddities._sealed_unlink()},
    )

    @api.model
    def _prepare_splits(self, since):
        return super()._prepare_splits(since) | {
            SPLIT_PAYMENT: SQL(
                """
                SELECT user_id, company_id, partner_id, date, SUM(parts) AS parts
                  FROM (SELECT bill.invoice_user_id AS user_id, bill.company_id, paid.date,
                               bill.commercial_partner_id AS partner_id,
                               COUNT(DISTINCT paid.move_id) AS parts
                          FROM account_move_line AS paid
                          JOIN account_journal AS journal ON journal.id = paid.journal_id
                          JOIN account_partial_reconcile AS partial
                            ON partial.credit_move_id = paid.id
                          JOIN account_move_line AS owed ON owed.id = partial.debit_move_id
                          JOIN account_account AS account ON account.id = owed.account_id
                          JOIN account_move AS bill ON bill.id = owed.move_id
                         WHERE paid.date >= %s
                           AND account.account_type = 'asset_receivable'
                           AND journal.type IN ('bank', 'cash', 'credit')
                           AND bill.move_type IN ('out_invoice', 'out_receipt')
                           AND bill.invoice_user_id IS NOT NULL
                           AND bill.commercial_partner_id IS NOT NULL
                      GROUP BY bill.id, paid.date
                        HAVING COUNT(DISTINCT paid.move_id) > 1) AS found
              GROUP BY user_id, company_id, partner_id, date
                """,
                since.date(),
            )
        }
