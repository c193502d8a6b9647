from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic.gate import Rule
from ...origin import SYSTEM
from ..common.breach import Breach
from ..common.isolation import attempt, attempt_each, look

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
        commit(remaining=len(rules))
        attempt(self.env, "cancelling clocks", partial(self._cancel_abandoned, rules))
        attempt(self.env, "assigning clocks", self._reassign)
        for rule in rules:
            self._follow(rule, commit)
            if not commit(1):
                return

    @api.model
    def _follow(self, rule: Rule, commit) -> None:
        """Bring the clocks of one rule up to date, batch by batch.

        A record that fails stops no other. A rule of which all fail (its calendar has no working
        hours, say) is left for the next run.
        """
        what = f"time limit of rule {rule.id}"
        for find, settle in ((self._find_left, self._stop), (self._find_entered, self._start)):
            failed: list[int] = []
            while records := look(self.env, what, partial(find, rule, skip=failed)):
                bad = attempt_each(self.env, what, records, partial(settle, rule))
                failed += bad.ids
                if not commit() or len(bad) == len(records):
                    return

    @api.model
    def _start(self, rule: Rule, leads) -> None:
        """Start a clock on each lead, from the moment it came into its stage."""
        record = self.env["crm.standard.rule"].browse(rule.id)
        since = record.date_in_force or self.env.cr.now()
        entered = self._get_dates(leads.ids, is_entry=True)
        # time that passed before the rule was in force is not held against anybody
        dates = {lead.id: max(entered.get(lead.id, since), since) for lead in leads}
        leads._deadline_start(record.policy_id, kind_of(rule), date=dates)

    @api.model
    def _stop(self, _rule: Rule, clocks) -> None:
        """Stop the clocks of leads that have left, as of the moment they left.

        An edit of the lead's team or of the rule leaves no line in the log: then it ends now. A
        lead that was lost or archived has not kept its time either: its clock is cancelled.
        """
        left = self._get_dates(clocks.mapped("res_id"))
        dates = {
            clock.id: left[clock.res_id]
            for clock in clocks
            if left.get(clock.res_id) and left[clock.res_id] >= clock.date_last
        }
        leads = self.env["crm.lead"].browse(clocks.mapped("res_id")).exists()
        going_on = set(leads.filtered("active").ids)
        kept = clocks.filtered(lambda clock: clock.res_id in going_on)
        kept._stop(dates)
        (clocks - kept)._cancel(self.env._("The lead was lost or archived."), dates)

    @api.model
    def _reassign(self) -> None:
        """Make the clocks follow their leads' responsible; what is late already stays his."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT clock.id, lead.user_id
                  FROM crm_deadline_clock AS clock
                  JOIN crm_lead AS lead ON lead.id = clock.res_id
                 WHERE clock.res_model = 'crm.lead' AND clock.kind LIKE %s
                   AND clock.state = 'running' AND clock.date_due > %s
                   AND clock.user_id IS DISTINCT FROM lead.user_id
                 LIMIT %s
                """,
                f"{KIND_PREFIX}%",
                fields.Datetime.now(),
                BATCH,
            )
        )
        users = dict(rows)
        clocks = self.env["crm.deadline.clock"].browse(users)
        for user_id, group in clocks.grouped(lambda clock: users[clock.id]).items():
            group._assign(self.env["res.users"].browse(user_id or ()))

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
            self._stop(rule, self._find_left(rule, clocks))

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
                user_id = clock.user_id.id or None
                breaches.append(Breach(rule.id, clock.res_id, stage, stage, (), "late", user_id))
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
    def _find_entered(self, rule: Rule, skip: Collection[int] = ()):
        """Return a batch of leads the rule speaks of that have no open clock by it."""
        has_clock = Domain("kind", "=", kind_of(rule)) & Domain("date_end", "=", False)
        domain = self._get_domain(rule) & ~Domain("deadline_clock_ids", "any", has_clock)
        return self.env["crm.lead"].search(domain & Domain("id", "not in", skip), limit=BATCH)

    @api.model
    def _find_left(self, rule: Rule, among=None, skip: Collection[int] = ()):
        """Return a batch of open clocks by the rule whose lead it speaks of no more.

        :param among: clocks to choose from instead of all
        :param skip: ids of clocks to leave out
        """
        staying = self.env["crm.lead"]._search(self._get_domain(rule))
        domain = (
            Domain("res_model", "=", "crm.lead")
            & Domain("kind", "=", kind_of(rule))
            & Domain("date_end", "=", False)
            & Domain("res_id", "not in", staying)
            & Domain("id", "not in", skip)
        )
        if among is not None:
            return among & self.env["crm.deadline.clock"].search(
                domain & Domain("id", "in", among.ids)
            )
        return self.env["crm.deadline.clock"].search(domain, limit=BATCH)

    @api.model
    def _get_domain(self, rule: Rule, *, is_open: bool = True) -> Domain:
        """Return which leads a rule speaks of now, by their stage and its scope.

        :param is_open: leave out leads that are won or lost
        """
        domain = Domain("stage_id", "in", list(rule.stage_ids))
        if is_open:
            domain &= Domain("won_status", "=", "pending")
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
