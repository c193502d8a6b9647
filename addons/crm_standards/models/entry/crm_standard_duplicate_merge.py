from odoo import api, models
from odoo.tools import SQL

#: The columns of a pair, by the model of its records.
COLUMNS = {
    "res.partner": ("partner_id", "other_partner_id"),
    "crm.lead": ("lead_id", "other_lead_id"),
}


class CrmStandardDuplicate(models.Model):
    """What was decided about likely duplicates goes on when records are merged."""

    _inherit = "crm.standard.duplicate"

    @api.model
    def _follow_merge(self, gone, stays) -> None:
        """Keep what was decided: who is no double of one is none of both.

        Of several pairs that become one a decision stays before a question, the newest first; the
        pairs of those who are merged are gone.

        :param gone: the customers or leads that are merged into ``stays`` and deleted
        """
        self.env.flush_all()
        one, other = map(SQL.identifier, COLUMNS[stays._name])
        self.env.execute_query(
            SQL(
                """WITH gone AS (
                       DELETE FROM crm_standard_duplicate
                             WHERE %(one)s IN %(all)s OR %(other)s IN %(all)s
                         RETURNING *),
                   moved AS (
                       SELECT gone.*,
                              CASE WHEN %(one)s IN %(sources)s THEN %(stays)s
                                   ELSE %(one)s END AS one,
                              CASE WHEN %(other)s IN %(sources)s THEN %(stays)s
                                   ELSE %(other)s END AS other
                         FROM gone)
              INSERT INTO crm_standard_duplicate
                          (id, subject, %(one)s, %(other)s, score, reasons, state, user_id,
                           date_decided)
              SELECT DISTINCT ON (LEAST(one, other), GREATEST(one, other))
                     id, subject, LEAST(one, other), GREATEST(one, other), score, reasons, state,
                     user_id, date_decided
                FROM moved
               WHERE one <> other
            ORDER BY LEAST(one, other), GREATEST(one, other), (state = 'different') DESC,
                     date_decided DESC NULLS LAST, id
           RETURNING id""",
                one=one,
                other=other,
                all=tuple((gone | stays).ids),
                sources=tuple(gone.ids),
                stays=stays.id,
            )
        )
        self.invalidate_model()
