"""When somebody may be written to: hours and weekdays where he lives, and our own working days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone, tzinfo
from typing import Final

#: So far we look ahead for an opening.
HORIZON_DAYS: Final = 35


@dataclass(frozen=True)
class Window:
    """From hour to hour on some weekdays (Monday is 0), by the clock where the contact is."""

    start: float = 0.0
    end: float = 24.0
    weekdays: frozenset[int] = frozenset(range(7))


#: Where nothing else is said: by day, from Monday to Friday.
DAYTIME: Final = Window(9.0, 19.0, frozenset(range(5)))


def next_opening(
    window: Window,
    moment: datetime,
    zone: tzinfo,
    spans: Sequence[tuple[datetime, datetime]] | None = None,
) -> datetime | None:
    """Return the first moment from ``moment`` on that is in the window, or nothing.

    Moments are in UTC without a zone. ``spans`` are our own working times in their order; without
    them every day will do.
    """
    today = moment.replace(tzinfo=timezone.utc).astimezone(zone).date()
    for count in range(HORIZON_DAYS):
        day = today + timedelta(days=count)
        if day.weekday() not in window.weekdays:
            continue
        midnight = datetime.combine(day, time(), zone)
        start = max(_to_utc(midnight + timedelta(hours=window.start)), moment)
        end = _to_utc(midnight + timedelta(hours=window.end))
        found = _find_first(start, end, [(start, end)] if spans is None else spans)
        if found:
            return found
    return None


def _find_first(
    start: datetime, end: datetime, spans: Iterable[tuple[datetime, datetime]]
) -> datetime | None:
    for opens, closes in spans:
        found = max(start, opens)
        if found < min(end, closes):
            return found
    return None


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc).replace(tzinfo=None)
