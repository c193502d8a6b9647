from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..trigger.crm_survey_trigger import read_domain
from .crm_survey_wave import LOST


class CrmSurveyWave(models.Model):
    """Whom a wave is for: found by the database, under the rules of whoever starts it."""

    _inherit = "crm.survey.wave"

    def _get_purchase_queries(self):
        """Hook: return statements that find what customers have bought.

        Columns ``customer_id`` (their company), ``contact_id``, ``company_id``, ``date``,
        ``amount``, ``res_model`` and ``res_id``. A bridge adds orders and invoices.
        """
        return [
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id, partner.id AS contact_id,
                       lead.company_id, lead.date_closed AS date,
                       lead.expected_revenue::numeric AS amount,
                       'crm.lead' AS res_model, lead.id AS res_id
                  FROM crm_lead lead
                  JOIN res_partner partner ON partner.id = lead.partner_id
                 WHERE lead.won_status = 'won' AND lead.date_closed IS NOT NULL
                """
            )
        ]

    def _get_purchases(self):
        """Return all purchases as one statement."""
        self.env["crm.lead"].flush_model()
        self.env["res.partner"].flush_model()
        return SQL(" UNION ALL ").join(self._get_purchase_queries())

    def _get_decided_purchases(self):
        """Hook: return all purchases, each with the date on which the customer decided on it.

        Who had ordered before he was contacted was not won back by that, whenever the invoice
        comes. A bridge that knows what an invoice is for says when it was ordered.
        """
        return self._get_purchases()

    def _get_candidate_query(self):
        """Hook: return the customers of a criterion.

        Columns ``customer_id``, ``contact_id``, ``amount``, ``res_model`` and ``res_id``. A bridge
        adds its criterion.
        """
        self.ensure_one()
        limit = fields.Datetime.now() - timedelta(days=self.days)
        company = self.company_id.id
        if self.criterion == LOST:
            return SQL(
                """
                SELECT DISTINCT ON (partner.commercial_partner_id)
                       partner.commercial_partner_id AS customer_id, partner.id AS contact_id,
                       lead.expected_revenue::numeric AS amount,
                       'crm.lead' AS res_model, lead.id AS res_id
                  FROM crm_lead lead
                  JOIN res_partner partner ON partner.id = lead.partner_id
                 WHERE lead.won_status = 'lost' AND lead.date_closed >= %(limit)s
                   AND (lead.company_id IS NULL OR lead.company_id = %(company)s)
                   AND NOT EXISTS (
                       SELECT FROM (%(purchases)s) AS purchase
                        WHERE purchase.customer_id = partner.commercial_partner_id
                          AND (purchase.company_id IS NULL OR purchase.company_id = %(company)s)
                          AND purchase.date > lead.date_closed)
              ORDER BY partner.commercial_partner_id, lead.date_closed DESC, lead.id DESC
                """,
                limit=limit,
                company=company,
                purchases=self._get_purchases(),
            )
        return SQL(
            """
            SELECT DISTINCT ON (customer_id) customer_id, contact_id,
                   SUM(amount) OVER (PARTITION BY customer_id, res_model) AS amount,
                   res_model, res_id
              FROM (%(purchases)s) AS purchase
             WHERE (company_id IS NULL OR company_id = %(company)s)
               AND NOT EXISTS (
                   SELECT FROM (%(purchases)s) AS later
                    WHERE later.customer_id = purchase.customer_id AND later.date > %(limit)s
                      AND (later.company_id IS NULL OR later.company_id = %(company)s))
          ORDER BY customer_id, date DESC, res_id DESC
            """,
            limit=limit,
            company=company,
            purchases=self._get_purchases(),
        )

    def _get_candidates(self):
        """Return the values of an invitation for each customer of the wave, the largest first."""
        self.ensure_one()
        partners = self.env["res.partner"]._search(read_domain(self.domain))
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT contact_id, res_model, res_id FROM (%s) AS candidate
                 WHERE contact_id IN %s
              ORDER BY amount DESC NULLS LAST, customer_id LIMIT %s
                """,
                self._get_candidate_query(),
                partners.subselect(),
                self.limit_count,
            )
        )
        return [
            {
                "survey_id": self.survey_id.id,
                "wave_id": self.id,
                "company_id": self.company_id.id,
                "partner_id": row["contact_id"],
                "res_model": row["res_model"],
                "res_id": row["res_id"],
                "channel": self.channel,
            }
            for row in rows
        ]
