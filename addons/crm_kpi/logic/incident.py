"""When a figure deserves somebody's attention.

All of these say how far something is beyond what is allowed, as a number of which 1 means "just
beyond", so that the worst can be shown first whatever rule found it; None is "all is well".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from .score import LESS, MORE, RANGE

#: With fewer values nobody can say what is usual.
LEAST_HISTORY = 4
#: Nothing is worse than this: a deviation from a history without any spread would be endless.
WORST = 10.0


def _held(badness: float) -> float:
    return min(max(badness, 1.0), WORST)


def below(score: float | None, limit: float) -> float | None:
    """Return how far a score is below its limit: 1 at the limit, 2 at nothing."""
    if score is None or score >= limit:
        return None
    return _held(2 - score / limit) if limit > 0 else 1.0


def above(value: float | None, limit: float) -> float | None:
    """Return how many times its limit a value is."""
    if value is None or value <= limit:
        return None
    return _held(value / limit) if limit > 0 else WORST


def trend(values: Sequence[float | None], steps: int, direction: str = MORE) -> float | None:
    """Return that the last values became worse and worse, so many steps in a row.

    The oldest value comes first. What has no value breaks the row. Where a range is best, neither
    way is worse by itself.

    :return: 1 and, for each further step, one more
    """
    if steps < 1 or direction == RANGE:
        return None
    sign = -1 if direction == LESS else 1
    worse = 0
    for later, earlier in zip(values[::-1], values[-2::-1], strict=False):
        if later is None or earlier is None or sign * later >= sign * earlier:
            break
        worse += 1
    return _held(1.0 + worse - steps) if worse >= steps else None


def deviation(
    history: Sequence[float | None], value: float | None, limit: float, direction: str = MORE
) -> float | None:
    """Return how far a value is from its own history on the bad side, by its spread.

    :param limit: so many standard deviations are allowed
    """
    known = [one for one in history if one is not None]
    if value is None or limit <= 0 or len(known) < LEAST_HISTORY:
        return None
    mean = sum(known) / len(known)
    aside = value - mean
    if (direction == MORE and aside >= 0) or (direction == LESS and aside <= 0) or not aside:
        return None
    spread = sqrt(sum((one - mean) ** 2 for one in known) / (len(known) - 1))
    if not spread:
        return WORST
    times = abs(aside) / (limit * spread)
    return _held(times) if times > 1 else None


def crowded(
    counts: Mapping[int, int], limit_percent: float, least: int
) -> tuple[int, float] | None:
    """Return the one place that holds too great a share of everything, and that share.

    :param least: with fewer in all, a share tells nothing
    """
    total = sum(counts.values())
    if not counts or total < max(least, 1):
        return None
    place = max(sorted(counts), key=lambda key: counts[key])
    share = 100.0 * counts[place] / total
    return (place, share) if share >= limit_percent else None


@dataclass(frozen=True)
class Finding:
    """What a rule has found: whom or what it concerns, and how bad it is.

    ``since`` and ``until`` are the first and last day of the period that was judged: the same in
    another period is something new. Without them, it is the same thing until it is over.
    """

    badness: float
    value: float | None = None
    limit: float | None = None
    user_id: int = 0
    team_id: int = 0
    stage_id: int = 0
    partner_id: int = 0
    indicator_id: int = 0
    since: date | None = None
    until: date | None = None
    card_id: int = 0

    @property
    def key(self) -> str:
        """What tells it from others of its rule."""
        numbers = (self.user_id, self.team_id, self.stage_id, self.partner_id, self.indicator_id)
        # only where there is a scorecard: what is open already keeps its key
        card = (f"card{self.card_id}",) if self.card_id else ()
        return ".".join(map(str, (*numbers, self.since or "", *card)))
