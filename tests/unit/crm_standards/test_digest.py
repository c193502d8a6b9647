"""A digest comes in the morning of the person, and its windows leave no gap."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from crm_standards.logic.digest import (
    LAG,
    Line,
    Section,
    is_worth_sending,
    morning_of,
    shorten,
    window,
)
from hypothesis import given
from hypothesis import strategies as st

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))
zones = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Vladivostok", "America/Los_Angeles"])


def test_morning_begins_by_the_persons_own_clock():
    early = datetime(2026, 3, 1, 22, 30)  # 8:30 of the next day in Vladivostok

    assert morning_of(early, ZoneInfo("Asia/Vladivostok"), 8) == datetime(2026, 3, 2).date()
    assert morning_of(early, ZoneInfo("Asia/Vladivostok"), 9) is None


@given(moments, zones, st.integers(0, 23))
def test_a_job_of_every_hour_finds_each_morning_of_the_year(day, zone, hour):
    hours = [day + timedelta(hours=n) for n in range(25)]

    assert any(morning_of(moment, ZoneInfo(zone), hour) for moment in hours)


@given(st.lists(moments, min_size=2, unique=True))
def test_windows_follow_one_another_without_gap_or_overlap(nows):
    last, edges = None, []
    for now in sorted(nows):
        start, last = window(now, last)
        edges.append((start, last))

    assert all(end == start for (_, end), (start, _) in pairwise(edges))
    assert all(end == now - LAG for now, (_, end) in zip(sorted(nows), edges, strict=True))


def test_old_things_alone_are_not_worth_a_mail():
    old = Section("Please explain", (Line("x"),), is_news=False)
    empty = Section("Your violations", ())

    assert not is_worth_sending([old, empty])
    assert is_worth_sending([old, Section("Your violations", (Line("y"),))])


@given(st.integers(0, 30), st.integers(1, 20))
def test_what_is_left_out_is_counted(count, limit):
    shown, more = shorten([Line(str(n)) for n in range(count)], limit)

    assert len(shown) + more == count
    assert len(shown) <= limit
