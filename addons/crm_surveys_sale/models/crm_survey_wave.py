from odoo import models
from odoo.tools import SQL


class CrmSurveyWave(models.Model):
    """A confirmed order is a purchase: it says who is silent, and who buys again."""

    _inherit = "crm.survey.wave"

    def _get_purchase_queries(self):
        self.env["sale.order"].flush_model()
        return [
            *super()._get_purchase_queries(),
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id, partner.id AS contact_id,
                       sale.company_id, sale.date_order AS date,
                       sale.amount_untaxed / COALESCE(NULLIF(sale.currency_rate, 0), 1)::numeric
                       AS amount,
                       'sale.order' AS res_model, sale.id AS res_id
                  FROM sale_order sale
                  JOIN res_partner partner ON partner.id = sale.partner_id
                 WHERE sale.state = 'sale'
                """
            ),
        ]

    def _get_decided_purchases(self):
        """An invoice was decided on when it was ordered, however late it comes."""
        for model in ("sale.order", "sale.order.line", "account.move.line"):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT purchase.customer_id, purchase.contact_id, purchase.company_id,
                   COALESCE(ordered.date, purchase.date) AS date,
                   purchase.amount, purchase.res_model, purchase.res_id
              FROM (%s) AS purchase
         LEFT JOIN (SELECT line.move_id, MAX(sale.date_order) AS date
                      FROM sale_order_line_invoice_rel link
                      JOIN account_move_line line ON line.id = link.invoice_line_id
                      JOIN sale_order_line sold ON sold.id = link.order_line_id
                      JOIN sale_order sale ON sale.id = sold.order_id
                  GROUP BY line.move_id) AS ordered
                ON purchase.res_model = 'account.move' AND ordered.move_id = purchase.res_id
            """,
            super()._get_decided_purchases(),
        )
