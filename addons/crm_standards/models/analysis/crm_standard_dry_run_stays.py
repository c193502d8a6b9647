from __future__ import annotations

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic.gate import Rule
from .crm_standard_dry_run_moves import LINE_LIMIT


class CrmStandardDryRun(models.Model):
    """Time limits tried on history: which stays were longer than the rule would have allowed."""

    _inherit = "crm.standard.dry.run"

    def _judge_time_limit(self, rule: Rule) -> None:
        """Find the stays that were too long by one rule, and keep them.

        :raise UserError: if the deadline's calendar has too little working time
        """
        late = self._find_late_stays(rule)
        self.env.execute_query(
            SQL(
                """
                WITH late AS (SELECT stay.*, lead.won_status
                                FROM crm_standard_stay AS stay
                           LEFT JOIN crm_lead AS lead ON lead.id = stay.lead_id
                               WHERE stay.id = ANY(%(ids)s)),
                     kept_lines AS (
                         INSERT INTO crm_standard_dry_run_line (
                             run_id, rule_id, effect, transition_id, lead_id, lead_name, date,
                             stage_from_id, stage_to_id, user_id, team_id, company_id, outcome)
                         SELECT %(run)s, %(rule)s, 'late', transition_id, lead_id, lead_name,
                                date_from, stage_id, next_stage_id, user_id, team_id, company_id,
                                won_status
                           FROM late
                       ORDER BY date_from DESC, id DESC
                          LIMIT %(limit)s)
                INSERT INTO crm_standard_dry_run_total (
                    run_id, rule_id, effect, team_id, user_id, company_id, finding_count,
                    won_count)
                SELECT %(run)s, %(rule)s, 'late', team_id, user_id, company_id, COUNT(*),
                       COUNT(*) FILTER (WHERE won_status = 'won')
                  FROM late
              GROUP BY team_id, user_id, company_id
             RETURNING id
                """,
                ids=late,
                run=self.id,
                rule=rule.id,
                limit=max(LINE_LIMIT - self.line_count, 0),
            )
        )
        self._keep({"late_count": self.late_count + len(late)})
        self.invalidate_recordset()

    def _find_late_stays(self, rule: Rule) -> list[int]:
        """Return the stays of the period that were longer than the rule allows.

        Due times come from the kernel, the calendar of each company being read once.
        """
        policy = self.env["crm.standard.rule"].browse(rule.id).policy_id
        stays = self.env["crm.standard.stay"]
        query = stays._search(self._get_stay_domain(rule))
        table = SQL.identifier(stays._table)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(stay)s.company_id, array_agg(%(stay)s.id), array_agg(%(stay)s.date_from),
                       array_agg(COALESCE(%(stay)s.date_to, %(now)s))
                  FROM %(tables)s
                 WHERE %(where)s
              GROUP BY %(stay)s.company_id
                """,
                stay=table,
                now=self.date,
                tables=query.from_clause,
                where=query.where_clause,
            )
        )
        late = []
        for company_id, ids, starts, stops in rows:
            company = self.env["res.company"].browse(company_id or self.env.company.id)
            due_dates = policy._get_due_dates(starts, company=company)
            for stay_id, stop, due in zip(ids, stops, due_dates, strict=True):
                if stop > due:
                    late.append(stay_id)
        return late

    def _get_stay_domain(self, rule: Rule) -> Domain:
        """Return which stays a time limit speaks of in the period."""
        domain = (
            Domain("stage_id", "in", list(rule.stage_ids))
            & Domain("date_from", "<=", self.date)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from))
        )
        if rule.scope.company_id:
            domain &= Domain("company_id", "=", rule.scope.company_id)
        if rule.scope.team_ids:
            domain &= Domain("team_id", "in", list(rule.scope.team_ids))
        if rule.scope.lead_type:
            domain &= Domain("lead_type", "=", rule.scope.lead_type)
        if rule.domain:
            leads = self.env["crm.standard.dry.run.judge"]._find_leads(rule)
            domain &= Domain("lead_id", "in", leads)
        return domain
