"""The gate: may this lead move from one stage to another, and what is missing if it may not?

Plain functions over plain values. The caller says how things stand (the move, the rules in force,
which fields are filled, what else is there); nothing here reads a database, a clock or a user.

Words used throughout: a *rule* belongs to a standard and speaks of stages; a *move* takes a lead
from one stage to another (``None`` before it was born, or when the stage was emptied); a *finding*
says that a rule is not kept and what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

Kind = Literal["begin", "enter", "leave", "transition", "time_limit"]
Strength = Literal["advise", "record", "block"]

#: How the signs that part needs are written inside one, the sign of these codes first.
_CODES = {"%": "%25", ",": "%2C", ":": "%3A"}

#: From the mildest to the strictest.
STRENGTHS: tuple[Strength, ...] = ("advise", "record", "block")


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a standard speaks to. An empty value means "no limit".

    ``date_from`` and ``date_to`` are both included.
    """

    company_id: int | None = None
    team_ids: frozenset[int] = frozenset()
    lead_type: str | None = None
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The sides of a lead that decide which standards speak to it."""

    company_id: int | None
    team_id: int | None
    lead_type: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a standard, as the gate needs it.

    ``stage_ids`` are the stages to begin in, to enter, to leave, to go on from. ``field_names`` are
    the fields to be filled and ``needs`` what else is asked (kinds *enter* and *leave*; see
    :func:`need_key`); ``reads`` the fields whose values decide about it; ``next_stage_ids`` the
    stages one may go to (kind *transition*); ``is_invariant`` says that what an *enter* rule asks
    must stay so while the lead stands in the stage; ``domain`` narrows the rule to some leads and
    is evaluated by the caller.
    """

    id: int
    kind: Kind
    strength: Strength
    stage_ids: frozenset[int]
    field_names: tuple[str, ...] = ()
    next_stage_ids: frozenset[int] = frozenset()
    is_invariant: bool = False
    domain: str = ""
    scope: Scope = field(default_factory=Scope)
    needs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[str, ...]:
        """What must be there: names of fields, then needs."""
        return self.field_names + self.needs


@dataclass(frozen=True, slots=True)
class Move:
    """A change of stage. ``None`` means no stage: before birth, or after emptying."""

    stage_from: int | None
    stage_to: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not kept.

    ``missing`` names the empty fields and the needs that are not met, none for a forbidden path.
    """

    rule: Rule
    missing: tuple[str, ...] = ()


def need_key(kind: str, *details: object) -> str:
    """Return the name of something asked for that is no field: what it is, and which one.

    It says all there is to know about the need, so two rules that ask for the same share it. The
    colon before it keeps it apart from fields; names are listed with commas, so it has none.

    >>> need_key("activity", 4, 2), need_key("say", "a, b")
    (':activity:4:2', ':say:a%2C b')
    """
    return ":" + ":".join(_quote(str(part)) for part in (kind, *details))


@lru_cache(maxsize=4096)  # the gate asks for each lead and need, and there are few needs
def split_need(name: str) -> tuple[str, ...]:
    """Return the kind of a need and its details; an empty kind for a field.

    >>> split_need(":activity:4:2"), split_need("phone")
    (('activity', '4', '2'), ('', 'phone'))
    """
    if not is_need(name):
        return ("", name)
    return tuple(map(_unquote, name[1:].split(":")))


def _quote(text: str) -> str:
    for sign, code in _CODES.items():
        text = text.replace(sign, code)
    return text


def _unquote(text: str) -> str:
    for sign, code in reversed(_CODES.items()):
        text = text.replace(code, sign)
    return text


def is_need(name: str) -> bool:
    """Tell whether the name is that of a need, and not of a field."""
    return name.startswith(":")


def is_filled(value: object) -> bool:
    """Tell whether a field's value counts as filled in.

    Nothing, an unticked box, blank text, an empty list and the number zero do not: a revenue of 0
    says as little as an empty cell.

    >>> [is_filled(v) for v in (None, False, "  ", 0, 0.0, (), "x", 7, [1])]
    [False, False, False, False, False, False, True, True, True]
    """
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value)


def is_in_scope(scope: Scope, subject: Subject, today: date) -> bool:
    """Tell whether a standard with this scope speaks to the subject on the given day."""
    return (
        scope.company_id in (None, subject.company_id)
        and (not scope.team_ids or subject.team_id in scope.team_ids)
        and scope.lead_type in (None, subject.lead_type)
        and (scope.date_from is None or scope.date_from <= today)
        and (scope.date_to is None or today <= scope.date_to)
    )


def touches(rule: Rule, move: Move) -> bool:
    """Tell whether a rule has a say in a move.

    A birth (``stage_from`` is ``None``) is an entry and no transition: whoever takes in a lead may
    do so at any stage unless an *enter* or a *begin* rule says otherwise.
    """
    if move.stage_from == move.stage_to:
        return False
    if rule.kind == "begin":
        return move.stage_from is None
    if rule.kind == "enter":
        return move.stage_to in rule.stage_ids
    if rule.kind in ("leave", "transition"):
        return move.stage_from in rule.stage_ids
    return False


def judge_move(
    rules: Iterable[Rule], move: Move, filled: Callable[[str], bool]
) -> tuple[Finding, ...]:
    """Return what a move breaks, in the order of the rules.

    :param rules: the rules that speak to this lead (see :func:`is_in_scope`)
    :param filled: says of a field's name whether the field is filled in, of a need whether it is
        met
    """
    findings = []
    for rule in rules:
        if not touches(rule, move):
            continue
        if rule.kind == "transition":
            if move.stage_to not in rule.next_stage_ids:
                findings.append(Finding(rule))
        elif rule.kind == "begin":
            if move.stage_to not in rule.stage_ids:
                findings.append(Finding(rule))
        elif missing := missing_fields(rule, filled):
            findings.append(Finding(rule, missing))
    return tuple(findings)


def judge(
    was: Iterable[Rule],
    now: Iterable[Rule],
    move: Move,
    memory: Mapping[int, int | None],
    filled: Callable[[str], bool],
) -> tuple[Finding, ...]:
    """Return what a change breaks when it may also change which rules speak to the lead.

    Rules that spoke before the change judge the move, also if they speak no more: nobody gets past
    a rule by leaving its scope in the same breath. A rule that speaks only now judges the way from
    the stage in which it has seen the lead last, so that nobody gets past it by leaving, moving
    and coming back; a lead it has never seen is newly born to it.

    :param was: the rules that spoke to the lead before
    :param now: the rules that speak to it now
    :param memory: by id of a rule that has let the lead go, the stage it stood in then
    """
    known = {rule.id for rule in was}
    findings = list(judge_move(was, move, filled))
    for rule in now:
        if rule.id not in known:
            findings += judge_move([rule], Move(memory.get(rule.id), move.stage_to), filled)
    return tuple(findings)


def remember(
    was: Iterable[Rule], now: Iterable[Rule], stage: int | None, memory: Mapping[int, int | None]
) -> dict[int, int | None]:
    """Return the memory after a change: rules that let the lead go keep the stage it stands in."""
    speaking = {rule.id for rule in now}
    kept = {rule_id: seen for rule_id, seen in memory.items() if rule_id not in speaking}
    return kept | {rule.id: stage for rule in was if rule.id not in speaking}


def judge_stay(
    rules: Iterable[Rule], stage: int | None, filled: Callable[[str], bool]
) -> tuple[Finding, ...]:
    """Return what is missing while the lead stands where it is (invariants only)."""
    return tuple(
        Finding(rule, missing)
        for rule in rules_of_stay(rules, stage)
        if (missing := missing_fields(rule, filled))
    )


def rules_of_stay(rules: Iterable[Rule], stage: int | None) -> tuple[Rule, ...]:
    """Return the rules whose demands must stay met in a stage."""
    return tuple(
        rule
        for rule in rules
        if rule.kind == "enter" and rule.is_invariant and stage in rule.stage_ids
    )


def kept_fields(rule: Rule, filled: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the fields whose values keep a rule met now, so that they can be put back later."""
    if rule.needs:
        return rule.reads if not missing_fields(rule, filled) else ()
    return tuple(name for name in rule.field_names if filled(name))


def fields_of(finding: Finding) -> frozenset[str]:
    """Return the fields whose old values would heal a finding."""
    names = {name for name in finding.missing if not is_need(name)}
    return frozenset(names.union(finding.rule.reads if finding.rule.needs else ()))


def missing_fields(rule: Rule, filled: Callable[[str], bool]) -> tuple[str, ...]:
    """Return what the rule asks and is not there, in the rule's order."""
    return tuple(name for name in rule.asks if not filled(name))


def newly_missing(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what was lost between two looks at the same lead.

    What was already missing is nobody's deed now: an old gap must not stop unrelated work.
    """
    known = {(f.rule.id, name) for f in before for name in f.missing}
    lost = []
    for finding in after:
        fresh = tuple(name for name in finding.missing if (finding.rule.id, name) not in known)
        if fresh:
            lost.append(Finding(finding.rule, fresh))
    return tuple(lost)


def refused(
    findings: Iterable[Finding], allowed: Collection[int] = frozenset()
) -> tuple[Finding, ...]:
    """Return the findings that stop a move.

    :param allowed: ids of rules for which somebody has granted an exception
    """
    return tuple(f for f in findings if f.rule.strength == "block" and f.rule.id not in allowed)


def recorded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that go into the register of violations when the move happens."""
    return tuple(f for f in findings if f.rule.strength != "advise")


def lawful_birth_stage(
    rules: Sequence[Rule], stages: Sequence[int], filled: Callable[[str], bool]
) -> int | None:
    """Return the first stage a new lead may stand in, or the first of all if none is lawful.

    A lead that arrives with nobody to ask must stand somewhere; it is never lost for want of a
    lawful place, and never lifted above the place it was meant for.

    :param stages: the stages up to the one it was meant for, in the order of the process
    """
    for stage in stages:
        if not refused(judge_move(rules, Move(None, stage), filled)):
            return stage
    return stages[0] if stages else None
