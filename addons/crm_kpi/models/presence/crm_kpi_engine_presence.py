from datetime import datetime, timedelta

from odoo import api, models
from odoo.tools import SQL


class CrmKpiEngine(models.AbstractModel):
    """Notes who was in the system, before core's log of sessions is cleaned."""

    _inherit = "crm.kpi.engine"

    @api.model
    def _note_presence(self, is_full=False):
        """Add days of employees from the log of sessions, in the time zone of their company.

        :param is_full: from all of the log, not only from what is new since yesterday
        """
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_kpi_presence
                            (user_id, date, create_uid, write_uid, create_date, write_date)
                SELECT DISTINCT worker.id, day.date, %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM res_device_log AS log
                  JOIN res_users AS worker ON worker.id = log.user_id AND NOT worker.share
                  JOIN (%(firms)s) AS firm ON firm.id = worker.company_id
            CROSS JOIN LATERAL (VALUES (log.first_activity), (log.last_activity)) AS seen(moment)
            CROSS JOIN LATERAL (
                    SELECT (seen.moment AT TIME ZONE 'UTC' AT TIME ZONE firm.zone)::date
                  ) AS day(date)
                 WHERE day.date IS NOT NULL AND log.last_activity >= %(since)s
           ON CONFLICT (user_id, date) DO NOTHING
             RETURNING id
                """,
                uid=self.env.uid,
                now=self._get_now(),
                since=datetime.min if is_full else self._get_now() - timedelta(days=1),
                firms=self._prepare_firms(self.env["crm.kpi.measure"]),
            )
        )
        self.env["crm.kpi.presence"].invalidate_model()
