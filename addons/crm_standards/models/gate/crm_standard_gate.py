"""The shell around ``logic.gate``: fetch, judge, put back, write down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from odoo import api, models
from odoo.exceptions import ValidationError

from ... import origin
from ...logic import gate as logic
from ..common.breach import Breach
from .crm_standard_transition import Transition
from .gate_facts import Facts
from .gate_watch import COMPANIONS, Before, Verdict, Watch, watches


class CrmStandardGate(models.AbstractModel):
    """The one place through which every change of stage goes, whatever path led to it.

    A lead remembers the stage and outcome in which the gate has seen it last (``logged_stage_id``,
    ``logged_outcome``). Whenever they differ from the present ones, there is a move to judge and to
    log: so the gate needs to know nothing of the many ways by which core changes a stage.
    """

    _name = "crm.standard.gate"
    _description = "Stage Gate"

    # ---- watching -------------------------------------------------------------------------

    @api.model
    @contextmanager
    def _watching(self, watch: Watch) -> Iterator[Watch]:
        """Let recomputations of these leads wait for the end of the work they belong to."""
        token = watches.set((*watches.get(), watch))
        try:
            yield watch
        finally:
            watches.reset(token)

    @api.model
    def _claim(self, leads):
        """Return the leads that no work in progress will look at, and note the others there."""
        for watch in watches.get():
            watched = leads.filtered(lambda lead, ids=watch.lead_ids: lead.id in ids)
            if watched:
                watch.is_touched = True
                leads -= watched
            if watch.is_birth:
                leads = leads.filtered("logged_outcome")
        return leads

    @api.model
    def _prepare_watch(self, leads, vals: dict) -> Watch:
        """Note how the leads stand before ``vals`` are written."""
        has_stage = "stage_id" in vals
        is_watched = not self.env["crm.standard"]._get_watched_fields().isdisjoint(vals)
        facts = Facts(self.env, leads._ids)
        watch = Watch(frozenset(leads._ids), is_touched=has_stage, facts=facts)
        leads = leads.sudo()  # the law applies also where the user may not look
        if has_stage or is_watched:
            companions = COMPANIONS if has_stage else ()
            watch.before = {lead.id: self._prepare_before(lead, companions) for lead in leads}
        if is_watched:
            for affected in (*watches.get(), watch):
                self._note_stay(affected, leads)
        return watch

    @api.model
    def _prepare_before(self, lead, companions: Iterable[str]) -> Before:
        """Note how one lead stands."""
        return Before(
            rules=self._rules_for(lead),
            stage_id=lead.stage_id.id or None,
            user_id=lead.user_id.id or None,
            companions={name: lead[name] for name in companions},
            sway=self._get_sway(lead),
        )

    @api.model
    def _note_stay(self, watch: Watch, leads) -> None:
        """Note what is met of that which must stay so, before a field on which it depends changes.

        The work may have begun with other fields: till now, nothing of this has changed.
        """
        for lead in leads:
            before = watch.before.get(lead.id)
            if before and before.lacking is None:
                filled = watch.facts.filled(lead)
                names = {
                    name
                    for rule in logic.rules_of_stay(before.rules, before.stage_id)
                    if rule.strength == "block"
                    for name in logic.kept_fields(rule, filled)
                    if name in lead._fields
                }
                watch.before[lead.id] = replace(
                    before,
                    lacking=logic.judge_stay(before.rules, before.stage_id, filled),
                    kept={name: lead[name] for name in names},
                )

    # ---- settling -------------------------------------------------------------------------

    @api.model
    def _settle(self, leads, watch: Watch | None = None) -> None:
        """Judge and log each lead that does not stand where the gate has seen it last.

        :raise ValidationError: what a person did is against a blocking rule
        """
        leads = leads.sudo()  # the law applies also where the user may not look
        before = watch.before if watch else {}
        facts = (watch and watch.facts) or Facts(self.env, leads.ids)
        came_by = origin.origin_of(self.env)
        refusal = self.env["crm.standard.refusal"]
        verdicts = self._judge_all(leads, before, facts)
        refused = [verdict for verdict in verdicts if verdict.is_refused]
        for verdict in refused:
            self._put_back(verdict, before.get(verdict.lead.id), facts)
        if refused and came_by == origin.PERSON:
            raise ValidationError(refusal._explain_moves(refused))
        self._settle_cleared(leads, before, verdicts, came_by, facts)
        # a lead born elsewhere than it wanted is judged once more where it stands now
        reborn = [self._judge(v.lead, None, facts) for v in refused if not v.lead.logged_outcome]
        self._write_down([*filter(None, reborn), *verdicts], came_by)
        if refused:
            refusal._tell(refused)

    @api.model
    def _judge_all(self, leads, before: dict[int, Before], facts: Facts) -> list[Verdict]:
        """Return the verdicts about the leads that moved, exceptions taken into account."""
        found = [self._judge(lead, before.get(lead.id), facts) for lead in leads]
        verdicts = [verdict for verdict in found if verdict]
        pairs = {(v.lead.id, f.rule.id) for v in verdicts for f in logic.refused(v.findings)}
        usable = self.env["crm.standard.override"]._find_usable(pairs)
        if not usable:
            return verdicts
        return [
            replace(
                verdict,
                overrides={
                    f.rule.id: usable[verdict.lead.id, f.rule.id]
                    for f in logic.refused(verdict.findings)
                    if (verdict.lead.id, f.rule.id) in usable
                },
            )
            for verdict in verdicts
        ]

    @api.model
    def _settle_drift(self, positions: Iterable[tuple[int, int | None, str | None]]) -> None:
        """Judge and log leads that were changed behind the application's back.

        Nothing is put back: it has happened, and the register says so.

        :param positions: id of each lead, and the stage and outcome its last line in the log has
        """
        positions = list(positions)
        facts = Facts(self.env, [lead_id for lead_id, _stage, _outcome in positions])
        verdicts = []
        for lead_id, stage_id, outcome in positions:
            lead = self.env["crm.lead"].sudo().browse(lead_id)  # the audit reads all companies
            lead.invalidate_recordset(["stage_id", "won_status", "logged_stage_id"])
            lead._remember_position(stage_id, outcome)
            verdicts.append(self._judge(lead, None, facts))
        self._write_down([*filter(None, verdicts)], origin.UNLOGGED)

    @api.model
    def _judge(self, lead, before: Before | None, facts: Facts) -> Verdict | None:
        """Return what the rules in force say about the way a lead went since it was seen last.

        Nothing when it neither moved nor came under other rules.
        """
        is_off_the_log = lead._is_off_the_log()
        if not is_off_the_log and before is None:
            return None
        is_same = before and before.sway is not None and before.sway == self._get_sway(lead)
        now = before.rules if is_same else self._rules_for(lead)
        was = now if before is None else before.rules
        if not is_off_the_log and (was is now or {r.id for r in was} == {r.id for r in now}):
            return None
        move = logic.Move(lead.logged_stage_id.id or None, lead.stage_id.id or None)
        findings = logic.judge(was, now, move, lead._get_rule_memory(), facts.filled(lead))
        user_id = before.user_id if before else lead.user_id.id or None
        return Verdict(lead, move, lead.logged_outcome or None, findings, was, now, user_id)

    @api.model
    def _put_back(self, verdict: Verdict, before: Before | None, facts: Facts) -> None:
        """Return a lead to its last lawful stage, as if the stage had not been touched."""
        lead, move = verdict.lead, verdict.move
        stage_id = move.stage_from if lead.logged_outcome else self._find_birth_stage(lead, facts)
        if stage_id == move.stage_to:
            return
        was_won = lead.stage_id.is_won
        companions = dict(before.companions) if before else {}
        lead._write_past_gate({"stage_id": stage_id, **companions})
        if companions:  # core has just set it to now
            lead._write_past_gate({"date_last_stage_update": companions["date_last_stage_update"]})
        elif was_won and not lead.stage_id.is_won:
            lead._compute_probabilities()  # as core does when a stage is won no more

    @api.model
    def _write_down(self, verdicts: list[Verdict], came_by: str) -> None:
        """Log what has moved, register what was broken, remember where each lead stands now."""
        breaches, transitions, used = [], [], set()
        for verdict in verdicts:
            lead = verdict.lead
            has_moved = lead.stage_id.id == (verdict.move.stage_to or False)
            used.update(verdict.overrides.values() if has_moved else ())
            breaches += self._prepare_breaches(verdict, has_moved)
            if lead._is_off_the_log():
                count = len(verdict.findings) if has_moved else 0
                transitions.append(self._prepare_transition(verdict, count))
                lead._remember_position(lead.stage_id.id, lead.won_status)
            lead._remember_rules(verdict.was, verdict.now)
        self.env["crm.standard.override"]._use(used)
        if transitions:
            self.env["crm.standard.transition"]._log(transitions, came_by, self.env.cr.now())
            self._follow_moves(transitions, came_by)
        if breaches:
            self.env["crm.standard.violation"]._record_breaches(breaches, came_by)

    @api.model
    def _follow_moves(self, transitions: list[Transition], came_by: str) -> None:
        """Hook: leads have moved, and the log says so.

        Called once for all leads of one piece of work, in sudo, before it returns to its caller.

        :param transitions: the lines just logged
        :param came_by: a constant of :mod:`odoo.addons.crm_standards.origin`
        """

    @api.model
    def _prepare_breaches(self, verdict: Verdict, has_moved: bool) -> list[Breach]:
        """Return what goes into the register: all that was broken, or what stopped the move."""
        kept = logic.recorded if has_moved else logic.refused
        effect = "passed" if has_moved else "stopped"
        move = verdict.move
        return [
            Breach(
                f.rule.id,
                verdict.lead.id,
                move.stage_from,
                move.stage_to,
                f.missing,
                "overridden" if has_moved and f.rule.id in verdict.overrides else effect,
                verdict.user_id,
            )
            for f in kept(verdict.findings)
        ]

    @api.model
    def _prepare_transition(self, verdict: Verdict, finding_count: int) -> Transition:
        """Return the line of the log for a lead as it stands now."""
        lead = verdict.lead
        return Transition(
            lead_id=lead.id,
            lead_name=lead.name,
            stage_from_id=verdict.move.stage_from,
            stage_to_id=lead.stage_id.id or None,
            outcome_from=verdict.outcome_from,
            outcome_to=lead.won_status,
            user_id=lead.user_id.id or None,
            team_id=lead.team_id.id or None,
            company_id=lead.company_id.id or None,
            finding_count=finding_count,
            lead_type=lead.type,
            empty_fields=self._find_empty_fields(lead),
        )

    @api.model
    def _find_empty_fields(self, lead) -> list[str]:
        """Return which of the fields the log keeps in mind are empty on the lead.

        They are many, so what is at hand is looked at as it lies in the cache: what is nothing
        there is empty, and only texts have more than one way to say nothing.
        """
        env, lead_id, empty = lead.env, lead.id, []
        is_filled = self.env["crm.standard.requirement"]._is_filled
        pending = env.transaction.tocompute
        for name in lead._get_logged_field_names():
            field = lead._fields[name]
            # what waits for its computation lies there with its old value
            value = ... if field in pending else field._get_cache(env).get(lead_id, ...)
            is_open = value is ... or isinstance(value, str)
            if not value or (is_open and not is_filled(lead, name)):
                empty.append(name)
        return empty
