"""When taking or changing many records at once deserves to be told.

Small steps count as well: whoever passes a hundred customers on one by one within the hour has
passed on a hundred customers.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

#: Over how long small steps add up, in seconds.
WINDOW = 3600


def is_mass(count: int, count_before: int, limit: int) -> bool:
    """Tell whether a step reaches the limit, alone or with the steps of the last hour.

    A limit of zero or less means that nothing is told.
    """
    return limit > 0 and count > 0 and count + count_before >= limit


def count_values(groups: list[dict]) -> int:
    """Tell how much a reading in groups reveals: a group, and each value of a list in it.

    >>> count_values([{"name": "A"}, {"name": "B", "email:array_agg": ["x", "y", "z"]}])
    4
    """
    return sum(
        max((len(value) for value in group.values() if isinstance(value, list)), default=1)
        for group in groups
    )


@dataclass
class Meter:
    """Adds up what was read within the last hour, without asking the database.

    Reading happens all the time: it may cost an addition, not a query. Once the limit is reached,
    counting begins anew, so that one report covers many pages.
    """

    _seen: deque[tuple[float, int]] = field(default_factory=deque)
    _total: int = 0

    def add(self, now: float, count: int, limit: int) -> int:
        """Note ``count`` records at ``now`` (seconds); return the total once it is worth a report.

        :return: 0 while the limit is not reached
        """
        while self._seen and self._seen[0][0] <= now - WINDOW:
            self._total -= self._seen.popleft()[1]
        self._seen.append((now, count))
        self._total += count
        if not is_mass(self._total, 0, limit):
            return 0
        total, self._total = self._total, 0
        self._seen.clear()
        return total
