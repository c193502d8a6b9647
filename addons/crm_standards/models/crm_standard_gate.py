"""The shell around ``logic.gate``: fetch, judge, put back, write down."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import is_html_empty

from .. import origin
from ..logic import gate as logic
from .crm_standard_transition import Transition
from .crm_standard_violation import Breach
from .gate_watch import COMPANIONS, Before, Verdict, Watch, watches

_logger = logging.getLogger(__name__)


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
        watch = Watch(frozenset(leads._ids), is_touched=has_stage)
        if has_stage or not self.env["crm.standard"]._get_watched_fields().isdisjoint(vals):
            # the law applies also where the user may not look
            watch.before = {
                lead.id: self._prepare_before(lead, COMPANIONS if has_stage else ())
                for lead in leads.sudo()
            }
        return watch

    @api.model
    def _prepare_before(self, lead, companions: Iterable[str]) -> Before:
        """Note how one lead stands."""
        rules, filled, stage = self._rules_for(lead), self._filled(lead), lead.stage_id.id or None
        kept = {
            name: lead[name]
            for rule in logic.rules_of_stay(rules, stage)
            if rule.strength == "block"
            for name in rule.field_names
            if filled(name)
        }
        return Before(
            rules=rules,
            user_id=lead.user_id.id or None,
            lacking=logic.judge_stay(rules, stage, filled),
            kept=kept,
            companions={name: lead[name] for name in companions},
        )

    # ---- settling -------------------------------------------------------------------------

    @api.model
    def _settle(self, leads, watch: Watch | None = None) -> None:
        """Judge and log each lead that does not stand where the gate has seen it last.

        :raise ValidationError: what a person did is against a blocking rule
        """
        leads = leads.sudo()  # the law applies also where the user may not look
        before = watch.before if watch else {}
        came_by = origin.origin_of(self.env)
        refusal = self.env["crm.standard.refusal"]
        verdicts = [
            verdict for lead in leads if (verdict := self._judge(lead, before.get(lead.id)))
        ]
        refused = [verdict for verdict in verdicts if verdict.is_refused]
        for verdict in refused:
            self._put_back(verdict, before.get(verdict.lead.id))
        if refused and came_by == origin.PERSON:
            raise ValidationError(refusal._explain_moves(refused))
        self._settle_cleared(leads, before, verdicts, came_by)
        # a lead born elsewhere than it wanted is judged once more where it stands now
        reborn = [self._judge(v.lead) for v in refused if not v.lead.logged_outcome]
        self._write_down([*filter(None, reborn), *verdicts], came_by)
        if refused:
            refusal._tell(refused)

    @api.model
    def _settle_drift(self, positions: Iterable[tuple[int, int | None, str | None]]) -> None:
        """Judge and log leads that were changed behind the application's back.

        Nothing is put back: it has happened, and the register says so.

        :param positions: id of each lead, and the stage and outcome its last line in the log has
        """
        verdicts = []
        for lead_id, stage_id, outcome in positions:
            lead = self.env["crm.lead"].sudo().browse(lead_id)  # the audit reads all companies
            lead.invalidate_recordset(["stage_id", "won_status", "logged_stage_id"])
            lead._remember_position(stage_id, outcome)
            verdicts.append(self._judge(lead))
        self._write_down([*filter(None, verdicts)], origin.UNLOGGED)

    @api.model
    def _settle_cleared(self, leads, before: dict[int, Before], verdicts, came_by: str) -> None:
        """Judge fields that must stay filled while a lead stands in its stage.

        :raise ValidationError: a person clears what a blocking rule asks
        """
        judged = {(v.lead.id, finding.rule.id) for v in verdicts for finding in v.findings}
        lost = {}
        for lead in leads:
            if lead.id in before and lead.stage_id == lead.logged_stage_id:
                now = logic.judge_stay(
                    self._rules_for(lead), lead.stage_id.id or None, self._filled(lead)
                )
                fresh = logic.newly_missing(before[lead.id].lacking, now)
                if found := [f for f in fresh if (lead.id, f.rule.id) not in judged]:
                    lost[lead] = found
        stopping = {lead: found for lead, f in lost.items() if (found := logic.refused(f))}
        if stopping and came_by == origin.PERSON:
            raise ValidationError(self.env["crm.standard.refusal"]._explain_cleared(stopping))
        breaches = []
        for lead, findings in lost.items():
            self._fill_again(lead, logic.refused(findings), before[lead.id])
            breaches += self._prepare_cleared(lead, findings, before[lead.id].user_id)
        if breaches:
            self.env["crm.standard.violation"]._record_breaches(breaches, came_by)

    @api.model
    def _fill_again(self, lead, findings, before: Before) -> None:
        """Put back what a machine has cleared against a blocking rule."""
        names = {name for finding in findings for name in finding.missing} & before.kept.keys()
        if names:
            fields = lead._fields
            lead._write_past_gate(
                {n: fields[n].convert_to_write(before.kept[n], lead) for n in names}
            )

    @api.model
    def _prepare_cleared(self, lead, findings, user_id: int | None) -> list[Breach]:
        """Return what goes into the register about cleared fields."""
        stage, filled = lead.stage_id.id, self._filled(lead)
        return [
            Breach(
                f.rule.id,
                lead.id,
                stage,
                stage,
                f.missing,
                "stopped" if all(map(filled, f.missing)) else "cleared",
                user_id,
            )
            for f in logic.recorded(findings)
        ]

    @api.model
    def _judge(self, lead, before: Before | None = None) -> Verdict | None:
        """Return what the rules in force say about the way a lead went since it was seen last.

        Nothing when it neither moved nor came under other rules.
        """
        is_off_the_log = lead._is_off_the_log()
        if not is_off_the_log and before is None:
            return None
        now = self._rules_for(lead)
        was = now if before is None else before.rules
        if not is_off_the_log and {r.id for r in was} == {r.id for r in now}:
            return None
        move = logic.Move(lead.logged_stage_id.id or None, lead.stage_id.id or None)
        findings = logic.judge(was, now, move, lead._get_rule_memory(), self._filled(lead))
        user_id = before.user_id if before else lead.user_id.id or None
        return Verdict(lead, move, lead.logged_outcome or None, findings, was, now, user_id)

    @api.model
    def _put_back(self, verdict: Verdict, before: Before | None) -> None:
        """Return a lead to its last lawful stage, as if the stage had not been touched."""
        lead, move = verdict.lead, verdict.move
        stage_id = move.stage_from if lead.logged_outcome else self._find_birth_stage(lead)
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
        breaches, transitions = [], []
        for verdict in verdicts:
            lead = verdict.lead
            has_moved = lead.stage_id.id == (verdict.move.stage_to or False)
            breaches += self._prepare_breaches(verdict, has_moved)
            if lead._is_off_the_log():
                count = len(verdict.findings) if has_moved else 0
                transitions.append(self._prepare_transition(verdict, count))
                lead._remember_position(lead.stage_id.id, lead.won_status)
            lead._remember_rules(verdict.was, verdict.now)
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
                effect,
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
        """Return which of the fields the log keeps in mind are empty on the lead."""
        filled = self._filled(lead)
        return [name for name in lead._get_logged_field_names() if not filled(name)]

    # ---- facts for the logic --------------------------------------------------------------

    @api.model
    def _rules_for(self, lead) -> tuple[logic.Rule, ...]:
        """Return the rules in force that speak to a lead."""
        today = self.env.cr.now().date()  # not the user's day: he chooses his time zone
        subject = logic.Subject(
            lead.company_id.id or None, lead.team_id.id or None, lead.type or "opportunity"
        )
        return tuple(
            rule
            for rule in self.env["crm.standard"]._get_rulebook()
            if logic.is_in_scope(rule.scope, subject, today) and self._meets(lead, rule)
        )

    @api.model
    def _meets(self, lead, rule: logic.Rule) -> bool:
        """Tell whether a lead fulfils the condition of a rule.

        A condition that cannot be evaluated speaks to nobody: one broken rule must not stop the
        work of all. It is logged for the administrator.
        """
        if not rule.domain:
            return True
        try:
            domain = self.env["crm.standard.rule"]._parse_domain(rule.domain)
            return bool(lead.filtered_domain(domain))
        except (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError) as error:
            _logger.warning("rule %s: condition %s fails: %s", rule.id, rule.domain, error)
            return False

    @api.model
    def _filled(self, lead) -> Callable[[str], bool]:
        """Return a function that says of a field's name whether the lead has it filled in."""

        def filled(name: str) -> bool:
            if name not in lead._fields:
                return True  # the field was removed: nobody could fill it in
            value = lead[name]
            if lead._fields[name].type == "html":
                return not is_html_empty(value)
            if lead._fields[name].type == "selection" and value == "0":
                return False  # core's "no priority"
            return logic.is_filled(value)

        return filled

    @api.model
    def _find_birth_stage(self, lead) -> int | None:
        """Return the stage in which a lead that came by a machine may stand."""
        process = lead._get_standard_stages()
        wanted = lead.stage_id
        lower = process.filtered(
            lambda stage: (
                (stage.sequence, stage.id) <= (wanted.sequence, wanted.id)
                and (stage == wanted or not (stage.is_won or stage.fold))
            )
        )
        stages = lower or process[:1]
        return logic.lawful_birth_stage(self._rules_for(lead), stages.ids, self._filled(lead))

    @api.model
    def _get_field_labels(self, names: Iterable[str]) -> list[str]:
        """Return the labels of the lead's fields in the user's language."""
        lead = self.env["crm.lead"]
        return [
            lead._fields[name].get_description(self.env, ["string"])["string"] for name in names
        ]
