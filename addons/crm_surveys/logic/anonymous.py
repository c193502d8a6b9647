"""What keeps anonymous answers anonymous: nobody is told from fewer than four others.

Three doors would lead from an answer to a person, and each has its rule here: what is known about
the asking (``coarsen``), when an answer appears (``count_ripe``), and figures about few, or about
all but few (``find_shown``). Source of the number: Sweeney, "k-anonymity" (2002); of the third rule
the secondary suppression of official statistics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

#: Fewer are never shown, sent or let out together, whatever a company sets.
SMALLEST: Final = 5


class Known(NamedTuple):
    """What an answer may know about the asking, from the whole to the single employee."""

    team: int | None = None
    user: int | None = None


def coarsen(known: Sequence[Known], smallest: int = SMALLEST) -> list[Known]:
    """Return for each what may be kept: so much as at least ``smallest`` have in common.

    Whoever is left alone with his employee keeps the team only, who is left alone with that,
    nothing; and where nothing would be had by few, others lose theirs, too.

    >>> coarsen([Known(1, 7)] * 5 + [Known(1, 8)] * 2, 2)[-1]
    Known(team=1, user=8)
    >>> coarsen([Known(1, 7)] * 5 + [Known(2, 8)])[0]
    Known(team=None, user=None)
    """
    kept = list(known)
    for rougher in (lambda one: Known(one.team, None), lambda _one: Known()):
        sizes = Counter(kept)
        kept = [one if sizes[one] >= smallest else rougher(one) for one in kept]
    sizes = Counter(kept)
    while 0 < sizes[Known()] < smallest and len(sizes) > 1:
        given_up = min(
            (one for one in sizes if one != Known()), key=lambda one: (sizes[one], str(one))
        )
        kept = [Known() if one == given_up else one for one in kept]
        sizes = Counter(kept)
    return kept


def split(ids: Sequence[int], size: int, smallest: int = SMALLEST) -> list[Sequence[int]]:
    """Return batches of at least ``smallest`` and about ``size``; of too few there is none.

    >>> [len(batch) for batch in split(range(403), 200)]
    [200, 203]
    """
    if len(ids) < smallest:
        return []
    starts = [start for start in range(0, len(ids), size) if len(ids) - start >= smallest]
    ends = [*starts[1:], len(ids)]
    return [ids[start:end] for start, end in zip(starts, ends, strict=True)]


def count_ripe(waiting: int, is_closed: bool, smallest: int = SMALLEST) -> int:
    """Return how many of the answers that wait may be let out: none, or at least ``smallest``.

    As long as more may come so many stay behind: the last ones must not be left alone.

    >>> [count_ripe(waiting, False) for waiting in (4, 9, 10, 12)]
    [0, 0, 5, 7]
    >>> [count_ripe(waiting, True) for waiting in (4, 9)]
    [0, 9]
    """
    if is_closed:
        return waiting if waiting >= smallest else 0
    return waiting - smallest if waiting >= 2 * smallest else 0


def find_shown(
    counts: Mapping[Hashable, int], total: int, minimum: int, smallest: int = SMALLEST
) -> set[Hashable]:
    """Return the groups whose figures may be shown beside that of all.

    None of fewer than ``minimum``; and so many that those hidden, together, are at least
    ``smallest`` or nobody: otherwise their figure is the difference.

    >>> sorted(find_shown({"a": 20, "b": 30, "c": 3}, 53, 10))
    ['b']
    """
    minimum = max(minimum, smallest)
    if total < minimum:
        return set()
    shown = {key for key, count in counts.items() if count >= minimum}
    while shown and 0 < total - sum(counts[key] for key in shown) < smallest:
        shown.remove(min(shown, key=lambda key: (counts[key], str(key))))
    return shown


def round_day(moment: datetime) -> datetime:
    """Return the day of a moment: noon, which is that day nearly everywhere."""
    return moment.replace(hour=12, minute=0, second=0, microsecond=0)
