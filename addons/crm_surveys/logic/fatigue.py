"""Who may be asked without tiring him, and who wins when several surveys want one customer.

A limit says how often somebody is asked within some days: a contact, or all contacts of one
company together; by one channel, or by all. It holds in every stretch of so many days, however it
is laid over the calendar, so that what is planned ahead counts as well as what was sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

CONTACT: Final = "contact"
COMPANY: Final = "company"

# why somebody is not asked; the model has the words
CONTACT_BUDGET: Final = "contact_budget"
COMPANY_BUDGET: Final = "company_budget"
OUTRANKED: Final = "outranked"


@dataclass(frozen=True)
class Limit:
    """At most ``maximum`` times in ``days`` days; without a channel: by all channels together."""

    scope: str
    maximum: int
    days: int
    channel: str | None = None


@dataclass(frozen=True)
class Touch:
    """Somebody was asked, or is going to be."""

    contact: int
    company: int
    date: datetime
    channel: str


@dataclass(frozen=True)
class Candidate:
    """Somebody a survey is meant for; ``is_waiting``: decided before, but not sent yet."""

    key: int
    touch: Touch
    value: int = 0
    limits: tuple[Limit, ...] = ()
    is_waiting: bool = False


def find_exceeded(touch: Touch, known: Iterable[Touch], limits: Sequence[Limit]) -> Limit | None:
    """Return a limit that one touch more would exceed, or nothing."""
    known = list(known)
    for limit in limits:
        if limit.channel not in (None, touch.channel):
            continue
        dates = [
            other.date
            for other in known
            if limit.channel in (None, other.channel) and _shares(limit.scope, touch, other)
        ]
        if _get_peak(touch.date, dates, timedelta(days=limit.days)) > limit.maximum:
            return limit
    return None


def choose(candidates: Iterable[Candidate], touches: Iterable[Touch]) -> dict[int, str]:
    """Return why which candidates are not asked, by key; the others are.

    The more valuable goes first, then the one that was decided before, then the earlier one.
    Candidates that wait already give way to a more valuable one only: not to a limit that has
    been lowered meanwhile.
    """
    known, taken = _Book(), _Book()
    for touch in touches:
        known.enter(touch)
    reasons = {}
    for candidate in sorted(candidates, key=_get_rank):
        touch, limits = candidate.touch, candidate.limits
        asked = known.find(touch)
        before = find_exceeded(touch, asked, limits)
        now = before or find_exceeded(touch, asked + taken.find(touch), limits)
        if now is None or (before and candidate.is_waiting):
            taken.enter(touch)
        elif before is None:
            reasons[candidate.key] = OUTRANKED
        else:
            reasons[candidate.key] = CONTACT_BUDGET if now.scope == CONTACT else COMPANY_BUDGET
    return reasons


class _Book:
    """Touches by company and by contact: a contact may have been asked at another company."""

    def __init__(self) -> None:
        self._by_company: dict[int, list[Touch]] = defaultdict(list)
        self._by_contact: dict[int, list[Touch]] = defaultdict(list)

    def enter(self, touch: Touch) -> None:
        """Note a touch."""
        self._by_company[touch.company].append(touch)
        self._by_contact[touch.contact].append(touch)

    def find(self, touch: Touch) -> list[Touch]:
        """Return the touches of its company, and of its contact elsewhere."""
        elsewhere = (
            other for other in self._by_contact[touch.contact] if other.company != touch.company
        )
        return [*self._by_company[touch.company], *elsewhere]


def _shares(scope: str, touch: Touch, other: Touch) -> bool:
    if scope == COMPANY:
        return other.company == touch.company
    return other.contact == touch.contact


def _get_rank(candidate: Candidate) -> tuple[int, bool, datetime, int]:
    return -candidate.value, not candidate.is_waiting, candidate.touch.date, candidate.key


def _get_peak(moment: datetime, dates: Iterable[datetime], span: timedelta) -> int:
    """Return how many fall into the fullest stretch of the span that holds the moment."""
    near = sorted(date for date in dates if abs(date - moment) < span)
    starts = [date for date in near if date <= moment] + [moment]
    return 1 + max(sum(start <= date < start + span for date in near) for start in starts)
