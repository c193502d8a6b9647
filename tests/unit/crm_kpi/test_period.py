"""Days and periods, clock changes among them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from crm_kpi.logic.period import Period, day_begins, local_day, period_of, periods, shift
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
KINDS = st.sampled_from(["day", "week", "month", "quarter", "year"])
ZONES = st.sampled_from(
    ["UTC", "Europe/Moscow", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia", "Asia/Kathmandu"]
).map(ZoneInfo)


@given(DAYS, KINDS)
def test_a_day_lies_in_its_period_and_in_no_neighbor(day, kind):
    found = period_of(day, kind)

    assert day in found
    assert shift(found, kind, 1).first == found.last + timedelta(days=1)
    assert shift(found, kind, -1).last == found.first - timedelta(days=1)
    assert period_of(found.last, kind) == found


@given(DAYS, st.integers(0, 800), KINDS)
def test_periods_cover_all_days_without_a_hole(first, length, kind):
    last = first + timedelta(days=length)

    found = list(periods(first, last, kind))

    assert sum(period.days for period in found) == (found[-1].last - found[0].first).days + 1
    assert first in found[0] and last in found[-1]


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), ZONES)
def test_a_moment_lies_in_its_local_day(moment, zone):
    day = local_day(moment, zone)

    assert day_begins(day, zone) <= moment < day_begins(day + timedelta(days=1), zone)


@pytest.mark.parametrize(
    ("day", "kind", "first", "last"),
    [
        (date(2026, 2, 15), "month", date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 11, 1), "quarter", date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 11, 22), "week", date(2026, 11, 16), date(2026, 11, 22)),
        (date(2024, 2, 29), "year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_known_periods(day, kind, first, last):
    assert period_of(day, kind) == Period(first, last)


def test_a_deal_won_before_midnight_in_moscow_counts_for_that_day():
    assert local_day(datetime(2026, 3, 31, 20, 59), ZoneInfo("Europe/Moscow")) == date(2026, 3, 31)
    assert local_day(datetime(2026, 3, 31, 21, 0), ZoneInfo("Europe/Moscow")) == date(2026, 4, 1)
