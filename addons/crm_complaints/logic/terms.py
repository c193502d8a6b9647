"""By when a complaint must be acknowledged, answered and resolved, and by which rule.

Two tracks run beside each other. The company promises a service level: the first level that covers
the complaint counts. The law sets terms by the remedy demanded: of all rules that apply the
earliest counts. A promise waits while the customer is asked, the law mostly does not; so neither
track may replace the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from .priority import LEVELS

ACKNOWLEDGEMENT: Final = "acknowledgement"
FIRST_ANSWER: Final = "first_answer"
NEXT_ANSWER: Final = "next_answer"
EARLY_RESOLUTION: Final = "early_resolution"
RESOLUTION: Final = "resolution"

#: What a term can be for.
KINDS: Final = (ACKNOWLEDGEMENT, FIRST_ANSWER, NEXT_ANSWER, EARLY_RESOLUTION, RESOLUTION)
#: What waits while the customer is asked. An answer does not: asking him is one.
WAITING: Final = (EARLY_RESOLUTION, RESOLUTION)
#: What begins with the complaint itself.
FROM_RECEIPT: Final = (ACKNOWLEDGEMENT, FIRST_ANSWER, EARLY_RESOLUTION, RESOLUTION)

_LAW: Final = "law_"


def law(kind: str) -> str:
    """Return the kind of the clock that keeps a legal term."""
    return _LAW + kind


def bare(clock_kind: str) -> str:
    """Return what a clock is for, whichever track it is of."""
    return clock_kind.removeprefix(_LAW)


def both(*kinds: str) -> tuple[str, ...]:
    """Return the kinds of the clocks of both tracks."""
    return tuple(name for kind in kinds for name in (kind, law(kind)))


@dataclass(frozen=True)
class Case:
    """What of a complaint decides about its terms. Records are named by their ids."""

    company: int
    team: int | None = None
    categories: frozenset[int] = frozenset()
    severity: str | None = None
    tags: frozenset[int] = frozenset()
    customers: frozenset[int] = frozenset()
    country: int | None = None
    is_consumer: bool = True
    jurisdiction: int | None = None
    remedy: str | None = None
    circumstances: frozenset[int] = frozenset()
    #: classes of the customer that another add-on knows, by names of its own
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scope:
    """Which complaints a level or a jurisdiction covers. What is empty sets no condition.

    ``categories`` of a case hold the ones above, so that a scope covers what is part of its own.
    """

    companies: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    customers: frozenset[int] = frozenset()
    countries: frozenset[int] = frozenset()
    severity: str | None = None
    consumers_only: bool = False
    marks: frozenset[str] = frozenset()

    def covers(self, case: Case) -> bool:
        """Return whether each condition is met."""
        return (
            (not self.companies or case.company in self.companies)
            and (not self.teams or case.team in self.teams)
            and (not self.countries or case.country in self.countries)
            and (not self.categories or bool(self.categories & case.categories))
            and (not self.tags or bool(self.tags & case.tags))
            and (not self.customers or bool(self.customers & case.customers))
            and (not self.marks or bool(self.marks & case.marks))
            and (case.is_consumer or not self.consumers_only)
            and _rank(case.severity) >= _rank(self.severity)
        )


@dataclass(frozen=True)
class Level:
    """A service level: for whom, and the policy of each kind of term."""

    key: int
    scope: Scope
    policies: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Jurisdiction:
    """A body of law: for which complaints."""

    key: int
    scope: Scope


@dataclass(frozen=True)
class Rule:
    """A legal term: for which remedy (None: any) and under which circumstance (None: always)."""

    key: int
    jurisdiction: int
    kind: str
    policy: int
    remedy: str | None = None
    circumstance: int | None = None
    can_pause: bool = False
    is_renewed: bool = True


@dataclass(frozen=True)
class Choice:
    """By which policy a clock counts, and why."""

    policy: int
    can_pause: bool
    level: int | None = None
    rule: int | None = None
    is_renewed: bool = True


def first_covering(entries: Iterable[Level | Jurisdiction], case: Case) -> int | None:
    """Return the key of the first entry that covers the case."""
    return next((entry.key for entry in entries if entry.scope.covers(case)), None)


def applicable(rules: Iterable[Rule], case: Case) -> dict[str, list[Rule]]:
    """Return the legal rules of a case by their kind, in the order given.

    A rule for a circumstance that is there is an exception: it takes the place of those without
    one, as "twenty days if the goods must be examined" does of "seven days".
    """
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        if (
            rule.jurisdiction == case.jurisdiction
            and rule.remedy in (None, case.remedy)
            and (rule.circumstance is None or rule.circumstance in case.circumstances)
        ):
            found.setdefault(rule.kind, []).append(rule)
    for kind, candidates in found.items():
        if exceptions := [rule for rule in candidates if rule.circumstance is not None]:
            found[kind] = exceptions
    return found


def candidates(
    levels: Iterable[Level], rules: Iterable[Rule], case: Case
) -> dict[str, list[Choice]]:
    """Return by the kind of clock what it could count by; several where the earliest decides.

    A legal term can wait only if none of its rules forbids it.
    """
    found: dict[str, list[Choice]] = {}
    level = next((level for level in levels if level.scope.covers(case)), None)
    if level:
        for kind, policy in level.policies.items():
            found[kind] = [Choice(policy, can_pause=kind in WAITING, level=level.key)]
    for kind, matching in applicable(rules, case).items():
        can_pause = all(rule.can_pause for rule in matching)
        found[law(kind)] = [
            Choice(rule.policy, can_pause, rule=rule.key, is_renewed=rule.is_renewed)
            for rule in matching
        ]
    return found


def earliest(choices: Sequence[Choice], dues: Mapping[int, datetime]) -> Choice:
    """Return the choice that is due first, of equal ones the first.

    :param dues: the due time by each policy; one that has none (its calendar is broken) comes last
    :raise ValueError: if there is nothing to choose from
    """
    return min(choices, key=lambda choice: dues.get(choice.policy, datetime.max))


def within(moment: datetime, first: datetime, last: datetime) -> datetime:
    """Return the moment, or the nearest one that can be: a ledger goes forward, and not ahead."""
    return max(first, min(moment, last))


def _rank(severity: str | None) -> int:
    return -1 if severity is None else LEVELS.index(severity)
