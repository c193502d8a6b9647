from __future__ import annotations

from datetime import datetime

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..logic.gate import Rule
from ..origin import SYSTEM
from .crm_standard_violation import Breach

KIND_PREFIX = "crm_standards.rule."
BATCH = 1000


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
        """Stop the clocks of leads that have left, start those of leads that have come.

        Works in batches. A run that was interrupted is taken up by the next: a lead with a running
        clock needs none, and a stopped clock is not found again.
        """
        rules = self._get_rules()
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=2 * len(rules) + 1)
        self._cancel_abandoned(rules)
        if not commit(1):
            return
        for rule in rules:
            while clocks := self._find_left(rule):
                self._stop(clocks)
                if not commit():
                    return
            while leads := self._find_entered(rule):
                self._start(rule, leads)
                if not commit():
                    return
            commit(2)

    @api.model
    def _start(self, rule: Rule, leads) -> None:
        """Start a clock on each lead, from the moment it came into its stage."""
        policy = self.env["crm.standard.rule"].browse(rule.id).policy_id
        leads._deadline_start(policy, kind_of(rule), date=self._get_dates(leads.ids, is_entry=True))

    @api.model
    def _stop(self, clocks) -> None:
        """Stop the clocks of leads that have left, as of the moment they left.

        An edit of the lead's team or of the rule leaves no line in the log: then it ends now.
        """
        left = self._get_dates(clocks.mapped("res_id"))
        dates = {clock.id: left.get(clock.res_id) for clock in clocks}
        clocks._stop(
            {
                clock.id: dates[clock.id]
                for clock in clocks
                if dates[clock.id] and dates[clock.id] >= clock.date_last
            }
        )

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
        for rule in self._get_rules():
            self._stop(self._find_left(rule, clocks))

    @api.model
    def _register_late(self, clocks) -> None:
        """Enter missed time limits in the register of violations."""
        rules = {kind_of(rule): rule for rule in self._get_rules()}
        leads = {lead.id: lead for lead in self.env["crm.lead"].browse(clocks.mapped("res_id"))}
        breaches = []
        for clock in clocks:
            rule = rules.get(clock.kind)
            if rule and rule.strength != "advise":
                stage = leads[clock.res_id].stage_id.id
                breaches.append(Breach(rule.id, clock.res_id, stage, stage, (), "late"))
        if breaches:
            self.env["crm.standard.violation"]._record_breaches(breaches, SYSTEM)

    # ---- what to work on ------------------------------------------------------------------

    @api.model
    def _get_rules(self) -> list[Rule]:
        """Return the time limits in force today."""
        today = self.env.cr.now().date()
        return [
            rule
            for rule in self.env["crm.standard"]._get_rulebook()
            if rule.kind == "time_limit"
            and (not rule.scope.date_from or rule.scope.date_from <= today)
            and (not rule.scope.date_to or today <= rule.scope.date_to)
        ]

    @api.model
    def _find_entered(self, rule: Rule):
        """Return a batch of leads the rule speaks of that have no open clock by it."""
        has_clock = Domain("kind", "=", kind_of(rule)) & Domain("date_end", "=", False)
        return self.env["crm.lead"].search(
            self._get_domain(rule) & ~Domain("deadline_clock_ids", "any", has_clock), limit=BATCH
        )

    @api.model
    def _find_left(self, rule: Rule, among=None):
        """Return a batch of open clocks by the rule whose lead it speaks of no more.

        :param among: clocks to choose from instead of all
        """
        staying = self.env["crm.lead"]._search(self._get_domain(rule))
        domain = (
            Domain("res_model", "=", "crm.lead")
            & Domain("kind", "=", kind_of(rule))
            & Domain("date_end", "=", False)
            & Domain("res_id", "not in", staying)
        )
        if among is not None:
            return among & self.env["crm.deadline.clock"].search(
                domain & Domain("id", "in", among.ids)
            )
        return self.env["crm.deadline.clock"].search(domain, limit=BATCH)

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
    def _get_dates(self, lead_ids: list[int], *, is_entry: bool = False) -> dict[int, datetime]:
        """Return when the log has last seen each lead move, or come into its present stage.

        :param is_entry: leave out changes of outcome, in which the stage stayed the same
        """
        entry = SQL("AND stage_from_id IS DISTINCT FROM stage_to_id") if is_entry else SQL()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (lead_id) lead_id, date
                      FROM crm_standard_transition
                     WHERE lead_id = ANY(%s) %s
                  ORDER BY lead_id, id DESC
                    """,
                    lead_ids,
                    entry,
                )
            )
        )
