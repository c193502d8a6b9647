from odoo import api, models
from odoo.tools import SQL


class CrmStandardJourney(models.Model):
    """Journeys are drawn from the log together with the stays, in statements over many leads."""

    _inherit = "crm.standard.journey"

    @api.model
    def _draw(self, after: int, last: int) -> None:
        """Draw the whole path of each lead that has a line in a batch of the log."""
        self.env.execute_query(
            SQL(
                """
                WITH line AS (
                         SELECT log.*,
                                log.stage_to_id IS NOT NULL
                                AND (log.stage_from_id IS DISTINCT FROM log.stage_to_id
                                     OR ROW_NUMBER() OVER early = 1) AS is_step,
                                ROW_NUMBER() OVER late = 1 AS is_last
                           FROM crm_standard_transition AS log
                          WHERE lead_id IN (SELECT lead_id FROM crm_standard_transition
                                             WHERE id > %(after)s AND id <= %(last)s)
                         WINDOW early AS (PARTITION BY lead_id ORDER BY id),
                                late AS (PARTITION BY lead_id ORDER BY id DESC)),
                     drawn AS (
                         SELECT lead_id,
                                COALESCE(string_agg(stage_to_id::text, ',' ORDER BY id)
                                             FILTER (WHERE is_step), '') AS key,
                                COUNT(*) FILTER (WHERE is_step) AS step_count,
                                MIN(date) AS date_from, MAX(date) AS date_to,
                                SUM(finding_count) AS finding_count,
                                BOOL_AND(origin <> 'baseline') AS is_complete
                           FROM line
                       GROUP BY lead_id),
                     path AS (
                         INSERT INTO crm_standard_path (key, step_count, frequency)
                         SELECT DISTINCT key, step_count, 0 FROM drawn
                    ON CONFLICT (md5(key)) DO UPDATE SET step_count = EXCLUDED.step_count
                      RETURNING id, key)
                INSERT INTO crm_standard_journey AS journey (
                    lead_id, lead_name, lead_type, path_id, outcome, date_from, date_to, days,
                    is_complete, finding_count, is_conforming, conforming_percent, won_percent,
                    user_id, team_id, company_id)
                SELECT line.lead_id, line.lead_name, COALESCE(line.lead_type, lead.type), path.id,
                       line.outcome_to, drawn.date_from, drawn.date_to,
                       EXTRACT(EPOCH FROM drawn.date_to - drawn.date_from) / 86400,
                       drawn.is_complete, drawn.finding_count, drawn.finding_count = 0,
                       CASE WHEN drawn.finding_count = 0 THEN 100 ELSE 0 END,
                       CASE line.outcome_to WHEN 'won' THEN 100 WHEN 'lost' THEN 0 END,
                       line.user_id, line.team_id, line.company_id
                  FROM line
                  JOIN drawn ON drawn.lead_id = line.lead_id
                  JOIN path ON path.key = drawn.key
             LEFT JOIN crm_lead AS lead ON lead.id = line.lead_id
                 WHERE line.is_last
           ON CONFLICT (lead_id) WHERE lead_id IS NOT NULL
                    DO UPDATE SET (lead_name, lead_type, path_id, outcome, date_from, date_to,
                                   days, is_complete, finding_count, is_conforming,
                                   conforming_percent, won_percent, user_id, team_id, company_id)
                     = (EXCLUDED.lead_name, EXCLUDED.lead_type, EXCLUDED.path_id, EXCLUDED.outcome,
                        EXCLUDED.date_from, EXCLUDED.date_to, EXCLUDED.days, EXCLUDED.is_complete,
                        EXCLUDED.finding_count, EXCLUDED.is_conforming,
                        EXCLUDED.conforming_percent, EXCLUDED.won_percent, EXCLUDED.user_id,
                        EXCLUDED.team_id, EXCLUDED.company_id)
             RETURNING id
                """,
                after=after,
                last=last,
            )
        )
        self.invalidate_model()

    @api.model
    def _count_paths(self) -> None:
        """Note how many deals took each path, for the order of lists."""
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_standard_path AS path
                   SET frequency = counted.number
                  FROM (SELECT path_id, COUNT(*) AS number
                          FROM crm_standard_journey GROUP BY path_id) AS counted
                 WHERE counted.path_id = path.id AND path.frequency <> counted.number
             RETURNING path.id
                """
            )
        )
        self.env["crm.standard.path"].invalidate_model()
