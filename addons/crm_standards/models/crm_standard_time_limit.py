from __future__ import annotations

from datetime import datetime

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..logic.gate import Rule
from .crm_standard_violation import Breach

KIND_PREFIX = "crm_standards.rule."
BATCH = 500


def kind_of(rule: Rule) -> str:
    """Return the kind of clock a time limit runs by: one open clock for each lead and rule."""
    return f"{KIND_PREFIX}{rule.id}"


class CrmStandardTimeLimit(models.AbstractModel):
    """Time limits of stages, kept by the clocks of ``crm_deadline``.

    The log of stages says exactly when a lead came and went, so the clocks are drawn from it every
    few minutes, for all leads at once, and a change of stage costs nothing. Before a clock counts
    as missed the kernel asks whether its lead has left in the meantime.
    """

    _name = "crm.standard.time.limit"
    _description = "Time Limits of Stages"

    @api.model
    def _cron_follow_stages(self) -> None:
        """Stop the clocks of leads that have left, start those of leads that have come."""
        rules = [r for r in self.env["crm.standard"]._get_rulebook() if r.kind == "time_limit"]
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=2 * len(rules) + 1)
        self._cancel_abandoned(rules)
        commit(1)
        for rule in rules:
            self._stop_left(rule, self._find_open(rule))
            commit(1)
            self._start_entered(rule)
            if not commit(1):
                return

    @api.model
    def _start_entered(self, rule: Rule) -> None:
        """Start a clock for each lead in the rule's stages that has none, from when it came."""
        policy = self.env["crm.standard.rule"].browse(rule.id).policy_id
        kind = kind_of(rule)
        running = self._find_open(rule)
        leads = self.env["crm.lead"].search(
            self._get_domain(rule) & Domain("id", "not in", running.mapped("res_id"))
        )
        entered = self._get_entry_dates(leads)
        for lead_batch in leads.grouped(lambda lead: entered.get(lead.id)).items():
            date, batch = lead_batch
            batch._deadline_start(policy, kind, date=date)

    @api.model
    def _stop_left(self, rule: Rule, clocks) -> None:
        """Stop the clocks of leads the rule speaks of no more, as of the moment they left."""
        leads = self.env["crm.lead"].browse(clocks.mapped("res_id"))
        staying = set(leads._search(self._get_domain(rule) & Domain("id", "in", leads.ids)))
        left = clocks.filtered(lambda clock: clock.res_id not in staying)
        dates = self._get_last_dates(left.mapped("res_id"))
        for clock in left:
            # an edit of the team or of the rule leaves no line in the log: then it ends now
            date = dates.get(clock.res_id)
            clock._stop(date=date if date and date >= clock.date_last else None)

    @api.model
    def _cancel_abandoned(self, rules: list[Rule]) -> None:
        """Cancel the clocks of rules that are in force no more."""
        clocks = self.env["crm.deadline.clock"].search(
            [
                ("res_model", "=", "crm.lead"),
                ("kind", "=like", f"{KIND_PREFIX}%"),
                ("kind", "not in", [kind_of(rule) for rule in rules]),
                ("date_end", "=", False),
            ]
        )
        clocks._cancel(self.env._("The rule is in force no more."))

    @api.model
    def _reconcile(self, clocks) -> None:
        """Stop those of the clocks whose lead has left its stage in the meantime."""
        rules = {kind_of(rule): rule for rule in self.env["crm.standard"]._get_rulebook()}
        for kind, group in clocks.grouped("kind").items():
            if kind in rules:
                self._stop_left(rules[kind], group)

    @api.model
    def _register_late(self, clocks) -> None:
        """Enter missed time limits in the register of violations."""
        rules = {kind_of(rule): rule for rule in self.env["crm.standard"]._get_rulebook()}
        leads = {lead.id: lead for lead in self.env["crm.lead"].browse(clocks.mapped("res_id"))}
        breaches = [
            Breach(rules[clock.kind].id, clock.res_id, stage, stage, (), "late")
            for clock in clocks
            if clock.kind in rules and rules[clock.kind].strength != "advise"
            for stage in [leads[clock.res_id].stage_id.id]
        ]
        if breaches:
            self.env["crm.standard.violation"]._record_breaches(breaches, "system")

    @api.model
    def _find_open(self, rule: Rule):
        """Return the open clocks of a rule."""
        return self.env["crm.deadline.clock"].search(
            [
                ("res_model", "=", "crm.lead"),
                ("kind", "=", kind_of(rule)),
                ("date_end", "=", False),
            ]
        )

    @api.model
    def _get_domain(self, rule: Rule) -> Domain:
        """Return which leads a time limit speaks of now."""
        domain = Domain("stage_id", "in", list(rule.stage_ids)) & Domain(
            "won_status", "=", "pending"
        )
        if rule.scope.company_id:
            domain &= Domain("company_id", "=", rule.scope.company_id)
        if rule.scope.team_ids:
            domain &= Domain("team_id", "in", list(rule.scope.team_ids))
        if rule.scope.lead_type:
            domain &= Domain("type", "=", rule.scope.lead_type)
        if rule.domain:
            domain &= self.env["crm.standard.rule"]._parse_domain(rule.domain)
        return domain

    @api.model
    def _get_entry_dates(self, leads) -> dict[int, datetime]:
        """Return when each lead came into its present stage, by the log."""
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (lead_id) lead_id, date
                      FROM crm_standard_transition
                     WHERE lead_id = ANY(%s) AND stage_from_id IS DISTINCT FROM stage_to_id
                  ORDER BY lead_id, id DESC
                    """,
                    leads.ids,
                )
            )
        )

    @api.model
    def _get_last_dates(self, lead_ids: list[int]) -> dict[int, datetime]:
        """Return when the log has last seen each lead move."""
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (lead_id) lead_id, date
                      FROM crm_standard_transition
                     WHERE lead_id = ANY(%s)
                  ORDER BY lead_id, id DESC
                    """,
                    lead_ids,
                )
            )
        )
