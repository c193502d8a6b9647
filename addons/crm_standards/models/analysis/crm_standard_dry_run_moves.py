from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic.dry_run import basis_of, bit_of, bits_of
from ...logic.gate import Rule

#: How many findings are kept one by one; the totals count all.
LINE_LIMIT = 1000
EFFECT_OF = {"block": "stopped", "record": "recorded", "advise": "advised"}


class CrmStandardDryRun(models.Model):
    """The trial itself: one statement over the log, whatever the number of rules and moves."""

    _inherit = "crm.standard.dry.run"

    def _judge(self, rules) -> None:
        """Judge the past by ``rules`` and write down what was found.

        What cannot be judged is named in the note instead of guessed at.
        """
        self.ensure_one()
        # the dates of the standard do not count: it is tried as if it had always been in force
        scope = replace(self.standard_id._to_scope(), date_from=None, date_to=None)
        basis: dict[str, list[Rule]] = {"moves": [], "stays": [], "nothing": []}
        for rule in rules:
            law = rule._to_logic(scope)
            basis["nothing" if rule.problem else basis_of(law)].append(law)
        self.env["crm.lead"].flush_model()
        self._judge_moves(basis["moves"])
        failed = self._judge_stays(basis["stays"])
        self._name_missing()
        notes = [*self._explain_basis(rules, basis["nothing"]), *failed]
        self._keep({"note": "\n".join(notes)})

    def _judge_moves(self, rules: Sequence[Rule]) -> None:
        """Judge all moves of the period, keep the findings, their totals and the figures."""
        domain = Domain("date", ">=", self.date_from) & Domain("date", "<=", self.date)
        stopping, recording = bits_of(rules, "block"), bits_of(rules, "record")
        figures = self.env.execute_query_dict(
            SQL(
                """
                WITH judged AS MATERIALIZED (%(judged)s),
                     law AS (SELECT * FROM unnest(
                                 %(bits)s::bigint[], %(ids)s::int[], %(effects)s::varchar[])
                                 AS law(bit, id, effect)),
                     kept_lines AS (%(lines)s),
                     kept_totals AS (%(totals)s),
                     deal AS (%(deals)s)
                %(figures)s
                """,
                judged=self.env["crm.standard.dry.run.judge"]._judge_moves(rules, domain),
                bits=[bit_of(number) for number in range(len(rules))],
                ids=[rule.id for rule in rules],
                effects=[EFFECT_OF[rule.strength] for rule in rules],
                lines=self._lines_sql(stopping, recording),
                totals=self._totals_sql(),
                deals=self._deals_sql(stopping, recording),
                figures=self._figures_sql(),
            )
        )
        self._keep(figures[0])
        self.invalidate_recordset()

    def _lines_sql(self, stopping: int, recording: int) -> SQL:
        """Return the statement that keeps findings one by one, the gravest and latest first."""
        return SQL(
            """
            INSERT INTO crm_standard_dry_run_line (
                run_id, rule_id, effect, transition_id, lead_id, lead_name, date, stage_from_id,
                stage_to_id, user_id, actor_id, team_id, company_id, outcome, is_unsure)
            SELECT %(run)s, law.id, law.effect, line.id, line.lead_id, line.lead_name, line.date,
                   line.stage_from_id, line.stage_to_id, line.user_id, line.actor_id, line.team_id,
                   line.company_id, worst.outcome, worst.is_unsure
              FROM (SELECT * FROM judged
                     WHERE broken <> 0
                  ORDER BY broken & %(stop)s <> 0 DESC, broken & %(record)s <> 0 DESC, id DESC
                     LIMIT %(limit)s) AS worst
              JOIN law ON worst.broken & law.bit <> 0
              JOIN crm_standard_transition AS line ON line.id = worst.id
          ORDER BY law.effect = 'stopped' DESC, law.effect = 'recorded' DESC, line.id DESC
             LIMIT %(limit)s
            """,
            run=self.id,
            stop=stopping,
            record=recording,
            limit=LINE_LIMIT,
        )

    def _totals_sql(self) -> SQL:
        """Return the statement that counts all findings by rule, team and person."""
        return SQL(
            """
            INSERT INTO crm_standard_dry_run_total (
                run_id, rule_id, effect, team_id, user_id, company_id, finding_count, won_count)
            SELECT %s, law.id, law.effect, team_id, user_id, company_id, SUM(number), SUM(won)
              FROM (SELECT broken, team_id, user_id, company_id, COUNT(*) AS number,
                           COUNT(*) FILTER (WHERE outcome = 'won') AS won
                      FROM judged
                     WHERE broken <> 0
                  GROUP BY broken, team_id, user_id, company_id) AS found
              JOIN law ON found.broken & law.bit <> 0
          GROUP BY law.id, law.effect, team_id, user_id, company_id
            """,
            self.id,
        )

    def _deals_sql(self, stopping: int, recording: int) -> SQL:
        """Return the moves by deal; each counts once, by the strictest rule it broke.

        Deals that were deleted are one nameless row: their moves count, they do not.
        """
        return SQL(
            """
            SELECT lead_id, MAX(outcome) AS outcome, BIT_OR(broken) AS broken,
                   BIT_OR(broken) & %(stop)s <> 0 AS is_stopped,
                   COUNT(*) AS moves, COUNT(*) FILTER (WHERE is_unsure) AS unsure,
                   COUNT(*) FILTER (WHERE broken & %(stop)s <> 0) AS stopped,
                   COUNT(*) FILTER (WHERE broken & %(stop)s = 0 AND broken & %(record)s <> 0)
                       AS recorded,
                   COUNT(*) FILTER (WHERE broken <> 0 AND broken & %(grave)s = 0) AS advised
              FROM judged
          GROUP BY lead_id
            """,
            stop=stopping,
            record=recording,
            grave=stopping | recording,
        )

    def _figures_sql(self) -> SQL:
        """Return the figures of the result: how deals end that keep the rules, and others."""
        return SQL(
            """
            SELECT COALESCE(SUM(moves), 0)::int AS move_count,
                   COALESCE(SUM(stopped), 0)::int AS stopped_count,
                   COALESCE(SUM(recorded), 0)::int AS recorded_count,
                   COALESCE(SUM(advised), 0)::int AS advised_count,
                   COALESCE(SUM(unsure), 0)::int AS unsure_count,
                   COUNT(lead_id) FILTER (WHERE is_stopped) AS stopped_deal_count,
                   COUNT(lead_id) FILTER (WHERE is_stopped AND outcome = 'won')
                       AS stopped_won_count,
                   COUNT(lead_id) FILTER (WHERE broken = 0 AND outcome IN ('won', 'lost'))
                       AS kept_closed_count,
                   COUNT(lead_id) FILTER (WHERE broken = 0 AND outcome = 'won') AS kept_won_count,
                   COUNT(lead_id) FILTER (WHERE broken <> 0 AND outcome IN ('won', 'lost'))
                       AS broken_closed_count,
                   COUNT(lead_id) FILTER (WHERE broken <> 0 AND outcome = 'won')
                       AS broken_won_count
              FROM deal
            """
        )

    def _judge_stays(self, rules: Sequence[Rule]) -> list[str]:
        """Judge by time limits; return what failed, rule by rule."""
        failed = []
        for rule in rules:
            try:
                with self.env.cr.savepoint():
                    self._judge_time_limit(rule)
            except UserError as error:  # a calendar without working hours, say
                name = self.env["crm.standard.rule"].browse(rule.id).name
                failed.append(
                    self.env._("“%(rule)s” was not tried: %(error)s", rule=name, error=str(error))
                )
        return failed
