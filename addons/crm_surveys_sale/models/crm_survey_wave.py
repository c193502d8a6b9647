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
