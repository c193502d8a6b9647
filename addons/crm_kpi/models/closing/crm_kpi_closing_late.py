import logging
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from ...logic import book, judge
from ...logic.period import Period
from .crm_kpi_restatement import ADJUSTED, DEFINITION, LATE

_logger = logging.getLogger(__name__)

#: Differences below this are noise of floating numbers.
NOISE = 1e-6


@dataclass(frozen=True)
class Said:
    """What is said of somebody's result, and what by: the next difference is told from here."""

    score: float | None
    bonus: float | None
    values: Mapping[str, float | None]
    adjustments: Mapping[str, float]
    definition: str


class CrmKpiClosing(models.Model):
    """What comes after closing: told in rows beside the result, by the rules that held then."""

    _inherit = "crm.kpi.closing"

    @api.model
    def _cron_restate(self):
        """Look for closed periods in which something was counted since, one after the other."""
        closings = self.sudo()._find_outdated()  # a job: it looks at all companies
        self.env["ir.cron"]._commit_progress(remaining=len(closings))
        for closing in closings:
            closing._try_restate()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _try_restate(self):
        """Restate one closing; one that cannot be stops no other."""
        try:
            with self.env.cr.savepoint():
                self._restate()
        except psycopg2.extensions.TransactionRollbackError:
            raise
        except Exception:  # a formula of old, a measure that is gone: whatever it is
            _logger.exception("The closed period %s cannot be restated", self.id)

    @api.model
    def _find_outdated(self):
        """Return closings with more facts or adjustments than were seen last."""
        # pylint: disable=no-search-all; one for each scorecard and period
        closings = self.search([])
        counts = closings._count_seen()
        return closings.filtered(lambda closing: counts[closing.id] != closing.seen_count)

    def _count_seen(self):
        """Return how many facts and adjustments lie in each period, in one statement.

        Rows are only added, so another number says that there is something new.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT closing.id,
                       (SELECT COUNT(*) FROM crm_kpi_fact AS fact
                         WHERE fact.measure_id IN (
                                   SELECT (kept.value->>'id')::int
                                     FROM jsonb_each(closing.book->'measures') AS kept)
                           AND fact.date BETWEEN closing.date_from AND closing.date_to
                           AND fact.company_id = closing.company_id)
                     + (SELECT COUNT(*) FROM crm_kpi_adjustment AS adjustment
                         WHERE adjustment.card_id = closing.card_id
                           AND adjustment.date BETWEEN closing.date_from AND closing.date_to)
                  FROM crm_kpi_closing AS closing
                 WHERE closing.id = ANY(%s)
                """,
                self.ids,
            )
        )
        return dict(rows)

    def _restate(self):
        """Add a row for each result that would be another one now."""
        self.ensure_one()
        seen = self._count_seen()[self.id]
        plan, kept_book, rows = self._get_plan(), self._get_book(), []
        tallies = self._count_again()
        period = Period(self.date_from, self.date_to)
        adjusted = self.card_id._find_adjustments([period])[period]
        definition = self._get_definition()
        for result in self.result_ids:
            key = self.card_id._get_key(result._get_subject())
            amounts = adjusted.get(key, {})
            values = self.card_id._adjust(book.evaluate(kept_book, tallies[key]), amounts)
            stands = judge.judge(plan, result._get_aims(), values)
            said = self._get_said(result)
            now = Said(stands.score, stands.bonus, values, amounts, definition)
            if self._is_other(said, now):
                rows.append(self._prepare_restatement(result, said, now))
        self.env["crm.kpi.restatement"]._sealed_create(rows)
        self._sealed_write({"seen_count": seen})

    def _count_again(self):
        """Return what facts add up to now, by subject and code of a measure."""
        return self.card_id._find_tallies(
            self._get_measures(),
            self.date_from,
            self.date_to,
            [result._get_subject() for result in self.result_ids],
        )

    def _get_definition(self):
        """Return a digest of how its measures are counted now."""
        return judge.digest(
            {
                code: measure._get_definition() if measure else None
                for code, measure in self._get_measures().items()
            }
        )

    def _get_said(self, result):
        """Return what was said last: in a restatement, or in the result itself."""
        last = result.restatement_ids.sorted("id", reverse=True)[:1]
        if last:
            values, definition = last.values or {}, last.definition
        else:
            values, definition = self._get_values(result), judge.digest(self.book["measures"])
        told = last or result
        return Said(
            told.score if told.has_score else None,
            told.bonus if told.has_score else None,
            values,
            told.adjustments or {},
            definition,
        )

    @api.model
    def _is_other(self, said, now):
        """Say whether there is something new to tell."""
        return (
            self._differ(said.score, now.score)
            or self._differ(said.bonus, now.bonus)
            or any(self._differ(said.values.get(code), value) for code, value in now.values.items())
        )

    @api.model
    def _differ(self, one, other):
        if one is None or other is None:
            return one is not other
        return abs(one - other) > NOISE * max(1.0, abs(one))

    def _get_values(self, result):
        """Return the values a result was judged by."""
        values = book.evaluate(self._get_book(), result._get_tallies())
        return self.card_id._adjust(values, result.adjustments or {})

    def _prepare_restatement(self, result, said, now):
        reason = LATE
        if now.adjustments != said.adjustments:
            reason = ADJUSTED
        elif now.definition != said.definition:
            reason = DEFINITION
        return {
            "closing_id": self.id,
            "result_id": result.id,
            "company_id": result.company_id.id,
            "currency_id": result.currency_id.id,
            "user_id": result.user_id.id,
            "team_id": result.team_id.id,
            "date": self.env.cr.now(),
            "reason": reason,
            "has_score": now.score is not None,
            "score": now.score or 0.0,
            "bonus": now.bonus or 0.0,
            "values": now.values,
            "adjustments": now.adjustments,
            "definition": now.definition,
        }
