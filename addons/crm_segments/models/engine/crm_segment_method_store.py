from odoo import models
from odoo.tools import SQL

from ..method.crm_segment_method import ABC
from . import statement

#: Figures of a change before and after, in the order of those of the two rows it is made from.
KEPT = (
    *("amount_before", "amount_after", "share_before", "share_after"),
    *("prior_before", "prior_after", "variation_before", "variation_after"),
    *("score_before", "score_after"),
)


class CrmSegmentMethod(models.Model):
    """Writes the difference between verdict and memberships: one statement, nothing else locked."""

    _inherit = "crm.segment.method"

    def _store(self):
        """Write what differs from the memberships there are, and log changes of class.

        :return: how many memberships were added, changed or removed, and the ids of the customers
            who have another class now
        """
        self.ensure_one()
        ((count, moved),) = self.env.execute_query(
            SQL(
                """
                WITH %(verdict)s,
                %(difference)s,
                gone AS (
                    DELETE FROM crm_segment_membership
                     WHERE id IN (SELECT id FROM changed WHERE is_gone)
                ), updated AS (%(update)s), added AS (%(add)s), logged AS (%(log)s)
                SELECT COUNT(*),
                       ARRAY_AGG(partner_id)
                       FILTER (WHERE old_segment_id IS DISTINCT FROM segment_id)
                  FROM changed
                """,
                verdict=self._get_verdict(),
                difference=self._compare(),
                update=self._update_members(),
                add=self._add_members(),
                log=self._log_changes(),
            )
        )
        return count, moved or []

    def _compare(self):
        """Return the expressions up to ``changed``: rows that are new, other or gone.

        ``border`` is the least amount of each class today; ``better_id`` the better of the two
        classes that a customer is between.
        """
        return SQL(
            """
            fresh AS (
                SELECT partner_id, %(verdict_figures)s, segment.id AS segment_id, segment.sequence
                  FROM verdict
                  JOIN crm_segment AS segment
                    ON segment.method_id = %(method)s AND segment.code = verdict.code
            ), old AS (
                SELECT member.*, segment.sequence
                  FROM crm_segment_membership AS member
                  JOIN crm_segment AS segment ON segment.id = member.segment_id
                 WHERE member.method_id = %(method)s
            ), border AS (
                SELECT segment_id, MIN(amount) AS amount FROM fresh GROUP BY segment_id
            ), changed AS (
                SELECT old.id, COALESCE(old.partner_id, fresh.partner_id) AS partner_id,
                       fresh.partner_id IS NULL AS is_gone,
                       old.segment_id AS old_segment_id, fresh.segment_id,
                       %(old_figures)s, %(figures)s,
                       CASE WHEN old.sequence < fresh.sequence THEN old.segment_id
                            ELSE COALESCE(fresh.segment_id, old.segment_id) END AS better_id
                  FROM fresh
             FULL JOIN old ON old.partner_id = fresh.partner_id
                 WHERE old.id IS NULL OR fresh.partner_id IS NULL
                    OR (old.segment_id, old.currency_id, %(old_values)s)
                       IS DISTINCT FROM (fresh.segment_id, %(currency)s, %(fresh_values)s)
            )
            """,
            method=self.id,
            currency=self.currency_id.id,
            verdict_figures=statement.columns("verdict"),
            figures=statement.renamed("fresh", "new_"),
            old_figures=statement.renamed("old", "old_"),
            old_values=statement.columns("old"),
            fresh_values=statement.columns("fresh"),
        )

    def _update_members(self):
        """Return the statement that gives memberships their new class and figures."""
        return SQL(
            """
            UPDATE crm_segment_membership AS member
               SET segment_id = changed.segment_id, %(assignments)s, currency_id = %(currency)s,
                   date_since = CASE WHEN member.segment_id = changed.segment_id
                                     THEN member.date_since ELSE %(today)s::date END
              FROM changed
             WHERE changed.id = member.id AND NOT changed.is_gone
            """,
            assignments=statement.assigned("changed", "new_"),
            currency=self.currency_id.id,
            today=self._get_today(),
        )

    def _add_members(self):
        """Return the statement that enters customers who had no class by this method."""
        return SQL(
            """
            INSERT INTO crm_segment_membership
                   (method_id, company_id, currency_id, date_since, partner_id, segment_id,
                    %(names)s)
            SELECT %(method)s, %(company)s, %(currency)s, %(today)s::date, partner_id, segment_id,
                   %(values)s
              FROM changed
             WHERE id IS NULL
            """,
            names=statement.columns(),
            values=statement.columns(prefix="new_"),
            method=self.id,
            company=self.company_id.id,
            currency=self.currency_id.id,
            today=self._get_today(),
        )

    def _log_changes(self):
        """Return the statement that keeps changes of class; the first run is none."""
        return SQL(
            """
            INSERT INTO crm_segment_change
                   (date, create_date, write_date, create_uid, write_uid, method_id, company_id,
                    currency_id, partner_id, from_segment_id, to_segment_id, cause, months,
                    amount_limit, %(names)s)
            SELECT %(now)s, %(now)s, %(now)s, %(user)s, %(user)s, %(method)s, %(company)s,
                   %(currency)s, partner_id, old_segment_id, changed.segment_id, %(cause)s,
                   %(months)s,
                   CASE WHEN %(is_abc)s AND old_segment_id IS NOT NULL
                             AND changed.segment_id IS NOT NULL THEN border.amount END,
                   old_amount, new_amount, old_share_percent, new_share_percent,
                   old_prior_amount, new_prior_amount, old_variation_percent,
                   new_variation_percent, old_score, new_score
              FROM changed
         LEFT JOIN border ON border.segment_id = changed.better_id
             WHERE old_segment_id IS DISTINCT FROM changed.segment_id AND %(is_again)s
            """,
            names=SQL(", ").join(map(SQL.identifier, KEPT)),
            now=self.env.cr.now().replace(microsecond=0),
            user=self.env.uid,
            method=self.id,
            company=self.company_id.id,
            currency=self.currency_id.id,
            cause="definition" if self.is_redefined else "figures",
            months=self.period_count * int(self.period_months),
            is_abc=self.kind == ABC,
            is_again=bool(self.date_counted),
        )
