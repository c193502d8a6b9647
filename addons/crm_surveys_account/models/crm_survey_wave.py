from odoo import models
from odoo.tools import SQL


class CrmSurveyWave(models.Model):
    """A posted invoice is a purchase: it says who is silent, and who buys again."""

    _inherit = "crm.survey.wave"

    def _get_purchase_queries(self):
        self.env["account.move"].flush_model()
        return [
            *super()._get_purchase_queries(),
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id, partner.id AS contact_id,
                       move.company_id, move.invoice_date::timestamp AS date,
                       move.amount_untaxed_signed AS amount,
                       'account.move' AS res_model, move.id AS res_id
                  FROM account_move move
                  JOIN res_partner partner ON partner.id = move.partner_id
                 WHERE move.state = 'posted' AND move.move_type = 'out_invoice'
                """
            ),
        ]
