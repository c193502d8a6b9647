from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .crm_kpi_oddity import SPLIT

#: What is older does not change any more.
DAYS = 40


class CrmKpiOddity(models.Model):
    """What only shows when documents are laid side by side: one sale made into several."""

    _inherit = "crm.kpi.oddity"

    @api.model
    def _cron_find(self):
        """Look through the last weeks, each kind in one statement."""
        self.env.flush_all()
        since = self.env.cr.now() - timedelta(days=DAYS)
        for kind, rows in self._prepare_splits(since).items():
            self.env.execute_query(self._prepare_insert(kind, rows))
        self.invalidate_model()

    @api.model
    def _prepare_splits(self, since):
        """Hook: return statements by kind, with rows of user_id, company_id, partner_id, date and
        how many parts. Payments that were split are found by whoever knows payments.
        """
        sales = SQL(
            """
            SELECT lead.user_id, COALESCE(lead.company_id, worker.company_id) AS company_id,
                   COALESCE(partner.commercial_partner_id, lead.partner_id) AS partner_id,
                   (lead.date_closed AT TIME ZONE 'UTC'
                       AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date AS date,
                   COUNT(*) AS parts
              FROM crm_lead AS lead
              JOIN res_users AS worker ON worker.id = lead.user_id
              JOIN res_partner AS partner ON partner.id = lead.partner_id
              JOIN res_company AS company
                ON company.id = COALESCE(lead.company_id, worker.company_id)
         LEFT JOIN resource_calendar AS calendar ON calendar.id = company.resource_calendar_id
             WHERE lead.won_status = 'won' AND lead.active AND lead.date_closed >= %s
          GROUP BY 1, 2, 3, 4
            HAVING COUNT(*) > 1
            """,
            since,
        )
        return {SPLIT: sales}

    @api.model
    def _prepare_insert(self, kind, rows):
        return SQL(
            """
            INSERT INTO crm_kpi_oddity (kind, user_id, team_id, company_id, date, res_model, res_id,
                        amount, create_uid, create_date, write_uid, write_date)
            SELECT %(kind)s, found.user_id, worker.sale_team_id, found.company_id, found.date,
                   'res.partner', found.partner_id, found.parts, %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM (%(rows)s) AS found
              JOIN res_users AS worker ON worker.id = found.user_id
       ON CONFLICT (kind, user_id, res_model, res_id, date) WHERE author_id IS NULL
         DO UPDATE SET amount = excluded.amount, write_date = excluded.write_date
             WHERE crm_kpi_oddity.amount <> excluded.amount
         RETURNING id
            """,
            kind=kind,
            rows=rows,
            uid=self.env.uid,
            now=self.env.cr.now(),
        )
