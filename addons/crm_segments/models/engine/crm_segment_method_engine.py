import logging

from psycopg2 import Error as DatabaseError
from psycopg2.errors import SerializationFailure

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..method.crm_segment_method import ABC, DOMAIN
from . import statement

_logger = logging.getLogger(__name__)


class CrmSegmentMethod(models.Model):
    """Puts customers into classes: one statement for a method, which writes what has changed."""

    _inherit = "crm.segment.method"

    def action_start(self):
        """Take methods into use: compute them now, and each night."""
        self.check_access("write")
        self._refresh()
        return True

    def action_compute(self):
        """Compute methods now."""
        return self.action_start()

    @api.model
    def _cron_refresh(self):
        """Compute what is in use; one that breaks stops no other, and says so by name."""
        methods = self.search([("state", "in", ("running", "broken"))])
        # conditions ask for the classes of others: these first
        methods = methods.sorted(lambda method: method.kind == DOMAIN)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(methods))
        for method in methods:
            method._refresh_safely()
            if not cron._commit_progress(1):
                break

    def _refresh_safely(self):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._refresh()
        except (UserError, DatabaseError, ValueError) as error:
            if isinstance(error, SerializationFailure):
                _logger.info("Segmentation method %s is being computed by somebody else", self.id)
                return
            _logger.warning("Segmentation method %s: %s", self.id, error)
            self._set_found(state="broken", problem=str(error))

    def _refresh(self):
        """Put customers into the classes of each method; raise what is wrong with it.

        Whoever comes second waits for the row of the method, and is told by the database to begin
        again: two at once do nothing twice.
        """
        for method in self:
            if problem := method._find_problem():
                raise UserError(problem)
            self.env.flush_all()
            self.env.execute_query(
                SQL("SELECT id FROM crm_segment_method WHERE id = %s FOR UPDATE", method.id)
            )
            written, moved = method._store()
            _logger.info("Segmentation method %s: %s rows written", method.id, written)
            method._set_found(
                state="running",
                problem=False,
                is_redefined=False,
                date_counted=self.env.cr.now(),
            )
            self.env["crm.segment.membership"].invalidate_model()
            self.env["res.partner"].invalidate_model(["segment_ids"])
            if moved:
                method._follow_moves(self.env["res.partner"].browse(moved))

    def _follow_moves(self, partners):
        """Hook: these customers have come into another class, into their first one, or out."""

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
                fresh AS (
                    SELECT verdict.*, segment.id AS segment_id, segment.sequence
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
                ), gone AS (
                    DELETE FROM crm_segment_membership
                     WHERE id IN (SELECT id FROM changed WHERE is_gone)
                ), updated AS (
                    UPDATE crm_segment_membership AS member
                       SET segment_id = changed.segment_id, %(assignments)s,
                           currency_id = %(currency)s,
                           date_since = CASE WHEN member.segment_id = changed.segment_id
                                             THEN member.date_since ELSE %(today)s::date END
                      FROM changed
                     WHERE changed.id = member.id AND NOT changed.is_gone
                ), added AS (
                    INSERT INTO crm_segment_membership
                           (method_id, company_id, currency_id, date_since, partner_id, segment_id,
                            %(names)s)
                    SELECT %(method)s, %(company)s, %(currency)s, %(today)s::date, partner_id,
                           segment_id, %(new_values)s
                      FROM changed
                     WHERE id IS NULL
                ), logged AS (%(log)s)
                SELECT COUNT(*),
                       ARRAY_AGG(partner_id)
                       FILTER (WHERE old_segment_id IS DISTINCT FROM segment_id)
                  FROM changed
                """,
                verdict=self._get_verdict(),
                method=self.id,
                company=self.company_id.id,
                currency=self.currency_id.id,
                today=self._get_today(),
                names=statement.columns(),
                figures=statement.renamed("fresh", "new_"),
                old_figures=statement.renamed("old", "old_"),
                old_values=statement.columns("old"),
                fresh_values=statement.columns("fresh"),
                new_values=statement.columns(prefix="new_"),
                assignments=statement.assigned("changed", "new_"),
                log=self._log_changes(),
            )
        )
        return count, moved or []

    def _log_changes(self):
        """Return the statement that keeps changes of class; the first run is none."""
        names = SQL(", ").join(
            SQL.identifier(name)
            for name in (
                *("amount_before", "amount_after", "variation_before", "variation_after"),
                *("growth_before", "growth_after", "score_before", "score_after"),
            )
        )
        return SQL(
            """
            INSERT INTO crm_segment_change
                   (date, method_id, company_id, currency_id, partner_id, from_segment_id,
                    to_segment_id, cause, amount_limit, %(names)s)
            SELECT %(now)s, %(method)s, %(company)s, %(currency)s, partner_id, old_segment_id,
                   changed.segment_id, %(cause)s,
                   CASE WHEN %(is_abc)s AND old_segment_id IS NOT NULL
                             AND changed.segment_id IS NOT NULL THEN border.amount END,
                   old_amount, new_amount, old_variation_percent, new_variation_percent,
                   old_growth_percent, new_growth_percent, old_score, new_score
              FROM changed
         LEFT JOIN border ON border.segment_id = changed.better_id
             WHERE old_segment_id IS DISTINCT FROM changed.segment_id AND %(is_again)s
            """,
            names=names,
            now=self.env.cr.now().replace(microsecond=0),
            method=self.id,
            company=self.company_id.id,
            currency=self.currency_id.id,
            cause="definition" if self.is_redefined else "figures",
            is_abc=self.kind == ABC,
            is_again=bool(self.date_counted),
        )
