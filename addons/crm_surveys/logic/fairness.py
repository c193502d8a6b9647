"""Whether those who judge somebody were picked by chance, or by a hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .metrics import Estimate, share, shrink

FEWER: Final = "fewer"
MORE: Final = "more"
FAIR: Final = "fair"


@dataclass(frozen=True)
class Asked:
    """Of whose customers how many were meant to be asked, and how many were."""

    key: int
    eligible: int
    asked: int


@dataclass(frozen=True)
class Balance:
    """The share asked of somebody's customers, and what it says beside that of all others."""

    key: int
    eligible: int
    asked: int
    share: Estimate | None
    verdict: str | None


def weigh(rows: Iterable[Asked], minimum: int) -> Sequence[Balance]:
    """Hold the share of each against that of all others together.

    Only intervals that do not overlap speak of a hand: with few customers luck does as much.

    >>> [one.verdict for one in weigh([Asked(1, 100, 20), Asked(2, 100, 90)], 10)]
    ['fewer', 'more']
    """
    known = list(rows)
    eligible = sum(row.eligible for row in known)
    asked = sum(row.asked for row in known)
    return [
        Balance(
            row.key,
            row.eligible,
            row.asked,
            own := share(row.asked, row.eligible, minimum),
            _compare(own, share(asked - row.asked, eligible - row.eligible, minimum)),
        )
        for row in known
    ]


def _compare(own: Estimate | None, others: Estimate | None) -> str | None:
    if own is None or others is None:
        return None
    if own.high < others.low:
        return FEWER
    return MORE if own.low > others.high else FAIR


def fair_value(own: float, counts: Mapping[int, int], teams: Mapping[int, float]) -> float | None:
    """Return a person's figure drawn to that of his teams; nothing for who is of no team.

    ``counts`` are his answers by team, ``teams`` the figures of the teams. Who answered for two
    teams is drawn to both, by how many answers he has in each.

    >>> fair_value(100, {7: 20}, {7: 50})
    75.0
    """
    known = {team: count for team, count in counts.items() if team in teams}
    count = sum(known.values())
    if not count:
        return None
    prior = sum(teams[team] * number for team, number in known.items()) / count
    return shrink(own, sum(counts.values()), prior)
