"""Which results somebody asks for: a page's filters, read strictly.

A filter that is not understood is an error and never left out: it would show the figures of all
as if they were those of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

METRICS: Final = ("nps", "csat", "ces")
PERIODS: Final = (30, 90, 180, 365)
USUAL_DAYS: Final = 365
NO_COMPARISON: Final = "none"
PREVIOUS: Final = "previous"
YEAR: Final = "year"
WAVE: Final = "wave"
COMPARISONS: Final = (NO_COMPARISON, PREVIOUS, YEAR, WAVE)
#: A longer search is no search.
LONGEST_TEXT: Final = 100
#: Years that a date may be of: beyond them the database and calendars disagree.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class FilterError(ValueError):
    """A filter cannot be read; the argument is its name."""


@dataclass(frozen=True)
class Filters:
    """What is asked for: both days are within the period; ``picks`` are values by dimension."""

    start: date
    end: date
    metric: str | None = None
    days: int | None = None
    comparison: str = PREVIOUS
    wave: int | None = None
    text: str = ""
    picks: Mapping[str, int | str] = field(default_factory=dict)

    def before(self) -> Filters | None:
        """Return what it is compared with, or nothing; the days of a wave are all."""
        if self.comparison == PREVIOUS:
            length = self.end - self.start
            end = self.start - timedelta(days=1)
            return replace(self, start=end - length, end=end, days=None)
        if self.comparison == YEAR:
            year = timedelta(days=364)  # whole weeks: the same days of the week
            return replace(self, start=self.start - year, end=self.end - year, days=None)
        if self.comparison == WAVE and self.wave:
            everything = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
            picks = {**self.picks, "survey": self.wave}
            return replace(self, start=everything[0], end=everything[1], days=None, picks=picks)
        return None


def read_filters(raw: Any, today: date, kinds: Mapping[str, type]) -> Filters:
    """Return the filters a caller gives as a mapping of names; ``kinds`` are of the dimensions.

    >>> read_filters({"days": 30, "team": 7}, date(2026, 3, 31), {"team": int}).picks
    {'team': 7}
    """
    if raw is None:
        raw = {}
    if not isinstance(raw, Mapping) or not all(isinstance(name, str) for name in raw):
        raise FilterError("filters")
    # a zero is none of these: it is no value of anything
    given = {name: value for name, value in raw.items() if value is not None and value is not False}
    given = {name: value for name, value in given.items() if value != ""}
    days, start, end = _read_period(given, today)
    picks = {
        name: _read(given, name, kind)
        for name, kind in kinds.items()
        if given.get(name) is not None
    }
    filters = Filters(
        start=start,
        end=end,
        days=days,
        metric=_read_choice(given, "metric", METRICS, None),
        comparison=_read_choice(given, "comparison", COMPARISONS, PREVIOUS) or PREVIOUS,
        wave=_read(given, "wave", int) if "wave" in given else None,
        text=_read(given, "text", str)[:LONGEST_TEXT] if "text" in given else "",
        picks=picks,
    )
    known = {"metric", "days", "start", "end", "comparison", "wave", "text", *kinds}
    unknown = sorted(set(given) - known)
    if unknown:
        raise FilterError(unknown[0][:LONGEST_TEXT])
    return filters


def _read_period(given: Mapping[str, Any], today: date) -> tuple[int | None, date, date]:
    if "start" in given or "end" in given:
        start, end = (_read_date(given, name) for name in ("start", "end"))
        if start > end:
            raise FilterError("end")
        return None, start, end
    days = _read_choice(given, "days", PERIODS, USUAL_DAYS)
    return days, today - timedelta(days=days - 1), today


def _read_date(given: Mapping[str, Any], name: str) -> date:
    try:
        day = date.fromisoformat(given[name])
    except (KeyError, TypeError, ValueError):
        raise FilterError(name) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FilterError(name)
    return day


def _read_choice(given: Mapping[str, Any], name: str, choices: tuple, usual: Any) -> Any:
    if name not in given:
        return usual
    value = given[name]
    if isinstance(value, bool) or not isinstance(value, int | str) or value not in choices:
        raise FilterError(name)
    return value


def _read(given: Mapping[str, Any], name: str, kind: type) -> Any:
    value = given[name]
    if isinstance(value, bool) or not isinstance(value, kind):
        raise FilterError(name)
    if kind is int and not 0 < value < 2**31:
        raise FilterError(name)
    if kind is str and ("\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value)):
        raise FilterError(name)
    return value
