from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import incident
from ...logic.incident import Finding
from .crm_kpi_watch import SILENT

#: So many customers are told of at once, the longest silent first.
MOST = 200


class CrmKpiWatch(models.Model):
    """Customers nobody has spoken with for too long, in one statement."""

    _inherit = "crm.kpi.watch"

    def _get_findings(self, day):
        return self._find_silent(day) if self.kind == SILENT else super()._get_findings(day)

    def _find_silent(self, day):
        """Return customers without any contact for too long.

        A contact is a message to or from the customer, or a finished activity, on the customer or
        on an opportunity. Who was never spoken with counts from the day of being entered.
        """
        partners = self.env["res.partner"]._search(
            self._get_customer_domain() & Domain("company_id", "in", [False, self.company_id.id])
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id, partner.user_id, %(day)s - last.date AS days
                  FROM res_partner AS partner
             LEFT JOIN (SELECT contact.partner_id, MAX(contact.date)::date AS date
                          FROM (%(contacts)s) AS contact
                      GROUP BY contact.partner_id) AS heard ON heard.partner_id = partner.id
            CROSS JOIN LATERAL (
                    SELECT COALESCE(heard.date, partner.create_date::date)) AS last(date)
                 WHERE partner.id IN %(partners)s AND last.date < %(limit)s
              ORDER BY last.date, partner.id
                 LIMIT %(most)s
                """,
                day=day,
                contacts=self._get_contacts(),
                partners=partners.subselect(),
                limit=day - timedelta(days=self.silent_days),
                most=MOST,
            )
        )
        return [
            Finding(
                incident.above(days, self.silent_days) or 1.0,
                days,
                self.silent_days,
                user_id=user or 0,
                partner_id=partner,
            )
            for partner, user, days in rows
        ]

    def _get_contacts(self):
        """Hook: return a statement of customer and moment, of everything that is a contact."""
        return SQL(
            """
            SELECT COALESCE(lead_partner.commercial_partner_id, partner.commercial_partner_id)
                   AS partner_id, said.date
              FROM (SELECT model, res_id, date FROM mail_message
                     WHERE model IN ('crm.lead', 'res.partner')
                       AND message_type IN ('comment', 'email', 'email_outgoing')
                       AND is_internal IS NOT TRUE
                 UNION ALL
                    SELECT res_model, res_id, date_done FROM mail_activity
                     WHERE res_model IN ('crm.lead', 'res.partner') AND date_done IS NOT NULL
                   ) AS said(model, res_id, date)
         LEFT JOIN crm_lead AS lead ON said.model = 'crm.lead' AND lead.id = said.res_id
         LEFT JOIN res_partner AS lead_partner ON lead_partner.id = lead.partner_id
         LEFT JOIN res_partner AS partner
                ON said.model = 'res.partner' AND partner.id = said.res_id
            """
        )
