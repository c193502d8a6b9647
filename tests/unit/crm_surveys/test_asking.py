"""Whom, by which way and when: addresses, draws and windows."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from crm_surveys.logic.address import (
    BLACKLISTED,
    NO_ADDRESS,
    NOT_A_CUSTOMER,
    OPTED_OUT,
    Person,
    find_way,
)
from crm_surveys.logic.sampling import is_drawn
from crm_surveys.logic.window import Window, next_opening
from hypothesis import given
from hypothesis import strategies as st

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Window(9, 18, frozenset(range(5)))
FRIDAY = datetime(2026, 3, 6)


@pytest.mark.parametrize(
    ("person", "channels", "found"),
    [
        (Person("a@b"), ("mail",), ("mail", None)),
        (Person(), ("mail",), ("mail", NO_ADDRESS)),
        (None, ("mail",), ("mail", NO_ADDRESS)),
        (Person(number="1"), ("mail", "sms"), ("sms", None)),
        (Person("a@b", is_email_blocked=True), ("mail", "sms"), ("mail", BLACKLISTED)),
        (Person("a@b", "1", is_email_blocked=True), ("mail", "sms"), ("sms", None)),
        (Person(number="1", is_number_blocked=True), ("phone",), ("phone", BLACKLISTED)),
        (Person("a@b", is_opted_out=True), ("mail",), ("mail", OPTED_OUT)),
        (Person("a@b", is_colleague=True), ("mail",), ("mail", NOT_A_CUSTOMER)),
        (Person("a@b", is_mail_refused=True), ("mail",), ("mail", OPTED_OUT)),
        (Person("a@b", "1", is_mail_refused=True), ("mail", "sms"), ("sms", None)),
        (
            Person("a@b", "1", is_mail_refused=True, is_number_blocked=True),
            ("mail", "phone"),
            ("mail", OPTED_OUT),
        ),
        (Person(), ("print",), ("print", None)),
    ],
)
def test_the_first_way_that_is_open_is_taken(person, channels, found):
    assert find_way(person, channels) == found


@given(st.text(), st.integers(), st.floats(0, 100), st.floats(0, 100))
def test_who_is_drawn_for_a_smaller_share_is_drawn_for_a_larger_one(salt, record_id, one, other):
    low, high = sorted((one, other))

    assert is_drawn(salt, record_id, high) or not is_drawn(salt, record_id, low)


def test_everybody_nobody_and_about_the_share():
    drawn = [sum(is_drawn("salt", number, share) for number in range(5000)) for share in (0, 20)]

    assert drawn[0] == 0
    assert 900 < drawn[1] < 1100
    assert all(is_drawn("salt", number, 100) for number in range(5000))


def test_other_triggers_draw_others():
    draws = [[is_drawn(salt, number, 50) for number in range(64)] for salt in ("a", "b")]

    assert draws[0] != draws[1]


def test_inside_the_window_it_is_now():
    assert next_opening(OFFICE, FRIDAY.replace(hour=10), BERLIN) == FRIDAY.replace(hour=10)


def test_after_hours_of_a_friday_it_is_monday_morning_where_the_contact_is():
    monday = datetime(2026, 3, 9)

    assert next_opening(OFFICE, FRIDAY.replace(hour=17), BERLIN) == monday.replace(hour=8)
    assert next_opening(OFFICE, FRIDAY.replace(hour=18), timezone.utc) == monday.replace(hour=9)


def test_clock_changes_keep_the_hour_on_the_wall():
    saturday = datetime(2026, 3, 28, 12)

    opening = next_opening(Window(9, 10, frozenset([6])), saturday, BERLIN)

    assert opening == datetime(2026, 3, 29, 7)


def test_our_own_working_times_narrow_it():
    spans = [(FRIDAY.replace(hour=12), FRIDAY.replace(hour=13))]

    assert next_opening(OFFICE, FRIDAY, BERLIN, spans) == FRIDAY.replace(hour=12)
    assert next_opening(OFFICE, FRIDAY.replace(hour=13), BERLIN, spans) is None


def test_a_window_without_days_never_opens():
    assert next_opening(Window(9, 18, frozenset()), FRIDAY, BERLIN) is None


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),
    st.integers(0, 22),
    st.sets(st.integers(0, 6), min_size=1),
    st.sampled_from(["Europe/Berlin", "Asia/Vladivostok", "America/New_York", "UTC"]),
)
def test_the_opening_is_in_the_window_and_not_before(moment, start, weekdays, name):
    zone = ZoneInfo(name)
    found = next_opening(Window(start, start + 2, frozenset(weekdays)), moment, zone)

    local = found.replace(tzinfo=timezone.utc).astimezone(zone)
    assert found >= moment
    assert found - moment <= timedelta(days=8)
    assert local.weekday() in weekdays
    # the hour that a clock change leaves out, or gives twice, may move it by one
    assert start <= local.hour <= start + 3
