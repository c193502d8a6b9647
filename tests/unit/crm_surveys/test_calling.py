"""What follows from a call."""

from datetime import datetime, timedelta

from crm_surveys.logic import calling
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 2, 9)
waits = st.integers(1, 240).map(lambda hours: timedelta(hours=hours))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1))


@given(st.sampled_from(calling.MISSED), st.integers(1, 30), st.integers(1, 20), waits)
def test_who_is_not_reached_is_called_so_often_and_no_more(outcome, missed, limit, wait):
    after = calling.follow(outcome, missed, limit, NOW, wait)

    assert (after.state == calling.WAITING) == (missed < limit)
    assert (after.outcome == calling.UNREACHED) == (missed >= limit)


@given(st.sampled_from(calling.MISSED), waits)
def test_the_next_attempt_comes_later_and_sooner_after_a_busy_line(outcome, wait):
    after = calling.follow(outcome, 1, 2, NOW, wait)

    assert NOW < after.date <= NOW + wait
    assert outcome != calling.BUSY or after.date <= NOW + calling.BUSY_WAIT


@given(st.integers(0, 100), moments)
def test_a_promised_call_back_is_kept_however_often_nobody_answered(missed, wanted):
    after = calling.follow(calling.CALL_BACK, missed, 1, NOW, timedelta(hours=1), wanted)

    assert after == calling.Next(calling.WAITING, calling.CALL_BACK, wanted, is_promised=True)


@given(st.sampled_from((calling.REFUSED, calling.NO_MORE, calling.WRONG_NUMBER)), waits)
def test_a_refusal_or_a_wrong_number_ends_it(outcome, wait):
    after = calling.follow(outcome, 0, 20, NOW, wait)

    assert after == calling.Next(calling.ENDED, outcome)


def test_who_has_answered_is_not_called_again():
    after = calling.follow(calling.ANSWERED, 3, 3, NOW, timedelta(hours=1))

    assert after == calling.Next(calling.DONE, calling.ANSWERED)


@given(moments)
def test_only_a_moment_soon_to_come_is_promised(wanted):
    possible = calling.can_call_back(wanted, NOW)

    assert possible == (NOW < wanted <= NOW + timedelta(days=calling.CALL_BACK_DAYS))
