from odoo import models
from odoo.tools import SQL


class CrmSurveyWave(models.Model):
    """A posted invoice is a purchase: it says who is silent, and who buys again."""

    _inherit = "crm.survey.wave"

    def _get_purchase_queries(self):
        self.env["account.move"].flush_model()
        self.env["res.company"].flush_model()
        return [
            *super()._get_purchase_queries(),
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id, partner.id AS contact_id,
                       move.company_id, %(date)s AS date,
                       move.amount_untaxed_signed AS amount,
                       'account.move' AS res_model, move.id AS res_id
                  FROM account_move move
                  JOIN res_partner partner ON partner.id = move.partner_id
                  JOIN res_company company ON company.id = move.company_id
                  JOIN res_partner place ON place.id = company.partner_id
                 WHERE move.state = 'posted' AND move.move_type = 'out_invoice'
                   AND move.payment_state != 'reversed'
                """,
                date=self._get_moment_of_invoice(),
            ),
        ]

    def _get_moment_of_invoice(self):
        """Return SQL of the moment of an invoice, in UTC.

        An invoice has a day and no hour. On the day it was entered that hour decides whether it
        came before or after the talk with the customer; else the day begins by the company's
        clock.
        """
        return SQL(
            """
            CASE WHEN (move.create_date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                      = move.invoice_date
                 THEN move.create_date
                 ELSE move.invoice_date::timestamp AT TIME ZONE %(zone)s AT TIME ZONE 'UTC'
            END
            """,
            zone=SQL("COALESCE(place.tz, 'UTC')"),
        )
