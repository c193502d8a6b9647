"""When an invitation is sent again, reminded of and ends."""

from datetime import datetime, timedelta

from crm_surveys.logic.sending import LASTING, WAITS, get_end, get_reminder, get_retry
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 2, 9)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1))


@given(st.integers(-3, 50), moments)
def test_it_is_tried_again_only_so_often_and_each_time_later(attempts, now):
    retry = get_retry("mail_smtp", attempts, now)

    assert (retry is not None) == (1 <= attempts <= len(WAITS))
    assert retry is None or retry - now == WAITS[attempts - 1]
    assert sorted(WAITS) == list(WAITS)


@given(st.sampled_from(sorted(LASTING)), st.integers(1, 3))
def test_a_wrong_address_is_not_tried_again(failure, attempts):
    assert get_retry(failure, attempts, NOW) is None


@given(moments, st.integers(-5, 3650))
def test_it_ends_after_its_days_or_never(sent, days):
    end = get_end(sent, days)

    assert end == (sent + timedelta(days=days) if days > 0 else None)


@given(moments, st.integers(0, 5), st.integers(-5, 400), st.integers(0, 400))
def test_reminders_are_limited_and_come_before_the_end(sent, limit, days, answer_days):
    end, last, done = get_end(sent, answer_days), sent, 0
    while (moment := get_reminder(last, done, limit, days, end)) is not None:
        assert moment == last + timedelta(days=days) > last
        assert end is None or moment < end
        last, done = moment, done + 1

    assert done <= limit
