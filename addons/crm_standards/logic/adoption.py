"""Who is slipping: by comparison with oneself and with the team, never by one bad day.

A person is compared with his own four weeks before and with what is usual in his team. Whoever was
away all the week is not judged, nor whoever is too new to be compared.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The last week is compared with these weeks before it.
RECENT_DAYS = 7
USUAL_DAYS = 28

UNSEEN = "unseen"
DROPPED = "dropped"
BELOW_TEAM = "below_team"
OVERDUE = "overdue"
LATE = "late"


@dataclass(frozen=True)
class Usage:
    """What a person did in a span of days.

    :param days: days on which facts exist
    :param days_seen: days on which he used the system at all
    :param deeds: leads created and moved, activities done
    :param done: activities done
    :param late: of these, after their date
    """

    days: int = 0
    days_seen: int = 0
    deeds: int = 0
    done: int = 0
    late: int = 0

    @property
    def per_day(self) -> float:
        """Deeds per day seen: who works three days a week is no worse than who works five."""
        return self.deeds / self.days_seen if self.days_seen else 0.0


@dataclass(frozen=True)
class Thresholds:
    """When a difference is worth a word. Shares are between 0 and 1."""

    drop_share: float = 0.6
    team_share: float = 0.5
    late_share: float = 0.3
    min_done: int = 5
    min_days_seen: int = 5
    min_overdue: int = 5
    overdue_growth: float = 2.0


DEFAULT = Thresholds()


def judge(
    recent: Usage,
    usual: Usage,
    team_per_day: float,
    overdue_now: int,
    overdue_before: int,
    limits: Thresholds = DEFAULT,
) -> tuple[str, ...]:
    """Return the signs that a person is slipping, the most serious first.

    :param recent: the last :data:`RECENT_DAYS`
    :param usual: the :data:`USUAL_DAYS` before
    :param team_per_day: the median of the team's deeds per day seen, 0 if there is no team
    :param overdue_now: overdue activities on the last day
    :param overdue_before: the same a week earlier
    """
    signs = []
    is_known = usual.days_seen >= limits.min_days_seen
    if is_known and recent.days and not recent.days_seen:
        signs.append(UNSEEN)
    if is_known and recent.days_seen:
        if recent.per_day < usual.per_day * limits.drop_share:
            signs.append(DROPPED)
        elif recent.per_day < team_per_day * limits.team_share:
            signs.append(BELOW_TEAM)
    if overdue_now >= max(limits.min_overdue, overdue_before * limits.overdue_growth):
        signs.append(OVERDUE)
    if recent.done >= limits.min_done and recent.late / recent.done > limits.late_share:
        signs.append(LATE)
    return tuple(signs)


def median(values: list[float]) -> float:
    """Return the middle value, 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2
