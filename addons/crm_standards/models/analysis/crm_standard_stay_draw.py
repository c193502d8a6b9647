from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 5000


class CrmStandardStay(models.Model):
    """Stays are drawn from the log, batch by batch, in statements over many leads.

    Drawing again changes nothing: a line of the log begins one stay at most, and what follows it in
    the log ends it. So a run may be interrupted anywhere, and two may meet.
    """

    _inherit = "crm.standard.stay"

    @api.model
    def _cron_follow_log(self) -> None:
        """Draw stays and paths from what the log has got since the last run."""
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=1)
        after = self._find_beginning()
        while last := self._find_end_of_batch(after):
            self._draw(after, last)
            after = last
            if not commit():
                return
        self._close_deleted()
        self.env["crm.standard.journey"]._count_paths()
        commit(1)

    @api.model
    def _find_beginning(self) -> int:
        """Return the line of the log after which drawing begins.

        Two hours before the newest stay: a transaction that took long may have written lines with
        lower ids than those already seen. Lines of before the log carry other dates.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id
                  FROM crm_standard_transition AS line,
                       (SELECT log.id, log.date
                          FROM crm_standard_transition AS log
                         WHERE log.id = (SELECT MAX(transition_id) FROM crm_standard_stay)
                       ) AS newest
                 WHERE line.id <= newest.id AND line.origin <> 'baseline'
                   AND line.date < newest.date - INTERVAL '2 hours'
              ORDER BY line.id DESC
                 LIMIT 1
                """
            )
        )
        return rows[0][0] if rows else 0

    @api.model
    def _find_end_of_batch(self, after: int) -> int | None:
        """Return the last line of the batch that follows a line, or nothing."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT MAX(id)
                  FROM (SELECT id FROM crm_standard_transition
                         WHERE id > %s ORDER BY id LIMIT %s) AS batch
                """,
                after,
                BATCH,
            )
        )
        return rows[0][0]

    @api.model
    def _draw(self, after: int, last: int) -> None:
        """Draw what a batch of lines began and ended."""
        self._open_stays(after, last)
        self._close_stays(after, last)
        self._measure_all()
        self.env["crm.standard.journey"]._draw(after, last)

    @api.model
    def _open_stays(self, after: int, last: int) -> None:
        """Begin a stay for each line that brought an open deal into a stage."""
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_standard_stay (
                    transition_id, lead_id, lead_name, lead_type, stage_from_id, stage_id,
                    date_from, user_id, team_id, company_id)
                SELECT line.id, line.lead_id, line.lead_name,
                       COALESCE(line.lead_type, lead.type), line.stage_from_id, line.stage_to_id,
                       line.date, line.user_id, line.team_id, line.company_id
                  FROM crm_standard_transition AS line
             LEFT JOIN crm_lead AS lead ON lead.id = line.lead_id
                 WHERE line.id > %s AND line.id <= %s
                   AND line.outcome_to = 'pending' AND line.stage_to_id IS NOT NULL
              ORDER BY line.id
           ON CONFLICT (transition_id) DO NOTHING
             RETURNING id
                """,
                after,
                last,
            )
        )

    @api.model
    def _close_stays(self, after: int, last: int) -> None:
        """End the open stays of the batch's leads after which the log goes on."""
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_standard_stay AS stay
                   SET next_transition_id = next.id,
                       next_stage_id = next.stage_to_id,
                       date_to = GREATEST(next.date, stay.date_from),
                       calendar_hours = GREATEST(
                           EXTRACT(EPOCH FROM next.date - stay.date_from) / 3600, 0),
                       "end" = CASE WHEN next.outcome_to IN ('won', 'lost')
                                    THEN next.outcome_to ELSE 'moved' END
                  FROM (SELECT id, lead_id, date, stage_to_id, outcome_to,
                               LAG(id) OVER (PARTITION BY lead_id ORDER BY id) AS previous_id
                          FROM crm_standard_transition
                         WHERE lead_id IN (SELECT lead_id FROM crm_standard_transition
                                            WHERE id > %s AND id <= %s)) AS next
                 WHERE stay.transition_id = next.previous_id AND stay.date_to IS NULL
             RETURNING stay.id
                """,
                after,
                last,
            )
        )
        self.invalidate_model()

    @api.model
    def _close_deleted(self) -> None:
        """End the stays of deals that were deleted: the log keeps no line of that."""
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_standard_stay
                   SET date_to = %(now)s, "end" = 'gone',
                       calendar_hours = EXTRACT(EPOCH FROM %(now)s - date_from) / 3600
                 WHERE lead_id IS NULL AND date_to IS NULL
             RETURNING id
                """,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model()
        self._measure_all()

    @api.model
    def _measure_all(self) -> None:
        """Measure the ended stays that are not measured yet."""
        measure = self.env["crm.standard.stay.measure"]
        last_id = 0
        while stays := self._find_unmeasured(last_id):
            last_id = stays[-1].id
            measure._measure(stays)

    @api.model
    def _find_unmeasured(self, after: int):
        """Return a batch of ended stays without a measure."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id
                  FROM crm_standard_stay
                 WHERE date_to IS NOT NULL AND working_hours IS NULL AND id > %s
              ORDER BY id
                 LIMIT %s
                """,
                after,
                BATCH,
            )
        )
        return self.browse(row[0] for row in rows)
