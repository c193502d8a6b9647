"""The shell around ``logic.gate``: fetch, judge, put back, write down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import is_html_empty

from .. import origin
from ..logic import gate as logic
from .crm_standard_transition import Transition
from .crm_standard_violation import Breach

#: What core changes together with the stage, so that a move can be undone completely.
COMPANIONS = (
    "probability",
    "automated_probability",
    "active",
    "date_closed",
    "date_last_stage_update",
)


@dataclass(eq=False)
class Watch:
    """A piece of work on some leads, at whose end the gate looks at them.

    ``is_birth`` marks the creation of leads, whose ids are not known beforehand. ``companions`` are
    the values of :data:`COMPANIONS` before the work, ``lacking`` what was missing then;
    ``is_touched`` tells that a stage or an outcome was changed or computed meanwhile.
    """

    lead_ids: frozenset[int] = frozenset()
    is_birth: bool = False
    is_touched: bool = False
    companions: dict[int, dict] = field(default_factory=dict)
    lacking: dict[int, tuple[logic.Finding, ...]] = field(default_factory=dict)


_watches: ContextVar[tuple[Watch, ...]] = ContextVar("crm_standards_watches", default=())


@dataclass(frozen=True)
class Verdict:
    """A lead that moved, whence and whither, and what the rules say about it."""

    lead: models.BaseModel
    move: logic.Move
    outcome_from: str | None
    findings: tuple[logic.Finding, ...]

    @property
    def is_refused(self) -> bool:
        return bool(logic.refused(self.findings))


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
        token = _watches.set((*_watches.get(), watch))
        try:
            yield watch
        finally:
            _watches.reset(token)

    @api.model
    def _claim(self, leads):
        """Return the leads that no work in progress will look at, and note the others there."""
        for watch in _watches.get():
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
        watch = Watch(frozenset(leads._ids), is_touched="stage_id" in vals)
        leads = leads.sudo()  # the law applies also where the user may not look
        if "stage_id" in vals:
            names = [name for name in COMPANIONS if name not in vals]
            watch.companions = {lead.id: {name: lead[name] for name in names} for lead in leads}
        if not self.env["crm.standard"]._get_kept_fields().isdisjoint(vals):
            watch.lacking = {
                lead.id: self._find_lacking(lead, self._rules_for(lead)) for lead in leads
            }
        return watch

    # ---- settling -------------------------------------------------------------------------

    @api.model
    def _settle(self, leads, watch: Watch | None = None) -> None:
        """Judge and log each lead that does not stand where the gate has seen it last.

        :raise ValidationError: a person's move is against a blocking rule
        """
        leads = leads.sudo()  # the law applies also where the user may not look
        verdicts = [self._judge(lead) for lead in leads if lead._is_off_the_log()]
        if watch and watch.lacking:
            self._settle_cleared(leads.browse(watch.lacking), watch)
        if not verdicts:
            return
        refused = [verdict for verdict in verdicts if verdict.is_refused]
        for verdict in refused:
            self._put_back(verdict, watch)
        came_by = origin.origin_of(self.env)
        if refused and came_by == origin.PERSON:
            raise ValidationError(self.env["crm.standard.refusal"]._explain_moves(refused))
        # a lead born elsewhere than it wanted is judged once more where it stands now
        reborn = [self._judge(v.lead) for v in refused if not v.lead.logged_outcome]
        self._write_down([*reborn, *verdicts], came_by)
        if refused:
            self.env["crm.standard.refusal"]._tell(refused)

    @api.model
    def _settle_drift(self, leads) -> None:
        """Judge and log leads that were changed behind the application's back.

        Nothing is put back: it has happened, and the register says so.
        """
        leads = leads.sudo()  # the audit reads all companies
        leads.invalidate_recordset(["stage_id", "won_status"])
        self._write_down([self._judge(lead) for lead in leads], origin.UNLOGGED)

    @api.model
    def _settle_cleared(self, leads, watch: Watch) -> None:
        """Judge fields that must stay filled while a lead stands in its stage.

        :raise ValidationError: a person clears what a blocking rule asks
        """
        stayed = leads.filtered(lambda lead: lead.stage_id == lead.logged_stage_id)
        lost = {}
        for lead in stayed:
            now = self._find_lacking(lead, self._rules_for(lead))
            if fresh := logic.newly_missing(watch.lacking[lead.id], now):
                lost[lead] = fresh
        came_by = origin.origin_of(self.env)
        stopping = {
            lead: found for lead, findings in lost.items() if (found := logic.refused(findings))
        }
        if stopping and came_by == origin.PERSON:
            raise ValidationError(self.env["crm.standard.refusal"]._explain_cleared(stopping))
        self.env["crm.standard.violation"]._record_breaches(
            [
                Breach(f.rule.id, lead.id, lead.stage_id.id, lead.stage_id.id, f.missing, "cleared")
                for lead, findings in lost.items()
                for f in logic.recorded(findings)
            ],
            came_by,
        )

    @api.model
    def _judge(self, lead) -> Verdict:
        """Return what the rules in force say about the way a lead went since it was seen last."""
        move = logic.Move(lead.logged_stage_id.id or None, lead.stage_id.id or None)
        findings = logic.judge_move(self._rules_for(lead), move, self._filled(lead))
        return Verdict(lead, move, lead.logged_outcome or None, findings)

    @api.model
    def _put_back(self, verdict: Verdict, watch: Watch | None) -> None:
        """Return a lead to its last lawful stage, as if only the stage had not been touched."""
        lead, move = verdict.lead, verdict.move
        stage_id = move.stage_from if lead.logged_outcome else self._find_birth_stage(lead)
        if stage_id == move.stage_to:
            return
        was_won = lead.stage_id.is_won
        companions = watch.companions.get(lead.id) if watch else None
        lead._write_past_gate({"stage_id": stage_id, **(companions or {})})
        if companions and "date_last_stage_update" in companions:  # core has just set it to now
            lead._write_past_gate({"date_last_stage_update": companions["date_last_stage_update"]})
        if was_won and companions is None and not lead.stage_id.is_won:
            lead._compute_probabilities()  # as core does when a stage is won no more

    @api.model
    def _write_down(self, verdicts: list[Verdict], came_by: str) -> None:
        """Log what has moved, register what was broken, remember where each lead stands now."""
        breaches, transitions = [], []
        for verdict in verdicts:
            has_moved = verdict.lead.stage_id.id == (verdict.move.stage_to or False)
            breaches += self._prepare_breaches(verdict, has_moved)
            if verdict.lead._is_off_the_log():
                count = len(verdict.findings) if has_moved else 0
                transitions.append(self._prepare_transition(verdict, count))
                verdict.lead._remember_position()
        if transitions:
            self.env["crm.standard.transition"]._log(transitions, came_by, self.env.cr.now())
        if breaches:
            self.env["crm.standard.violation"]._record_breaches(breaches, came_by)

    @api.model
    def _prepare_breaches(self, verdict: Verdict, has_moved: bool) -> list[Breach]:
        """Return what goes into the register: all that was broken, or what stopped the move."""
        kept = logic.recorded if has_moved else logic.refused
        effect = "passed" if has_moved else "stopped"
        move = verdict.move
        return [
            Breach(f.rule.id, verdict.lead.id, move.stage_from, move.stage_to, f.missing, effect)
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
        )

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
        """Tell whether a lead fulfils the condition of a rule."""
        if not rule.domain:
            return True
        domain = self.env["crm.standard.rule"]._parse_domain(rule.domain)
        return bool(lead.filtered_domain(domain))

    @api.model
    def _filled(self, lead) -> Callable[[str], bool]:
        """Return a function that says of a field's name whether the lead has it filled in."""

        def filled(name: str) -> bool:
            if name not in lead._fields:
                return True  # the field was removed: nobody could fill it in
            value = lead[name]
            if lead._fields[name].type == "html":
                return not is_html_empty(value)
            return logic.is_filled(value)

        return filled

    @api.model
    def _find_lacking(self, lead, rules) -> tuple[logic.Finding, ...]:
        """Return what is missing where the lead stands."""
        return logic.judge_stay(rules, lead.stage_id.id or None, self._filled(lead))

    @api.model
    def _find_birth_stage(self, lead) -> int | None:
        """Return the first stage in which a lead that came by a machine may stand."""
        stages = lead._get_standard_stages().filtered(lambda s: not s.is_won and not s.fold)
        return logic.lawful_birth_stage(self._rules_for(lead), stages.ids, self._filled(lead))

    @api.model
    def _get_field_labels(self, names: Iterable[str]) -> list[str]:
        """Return the labels of the lead's fields in the user's language."""
        lead = self.env["crm.lead"]
        return [
            lead._fields[name].get_description(self.env, ["string"])["string"] for name in names
        ]
