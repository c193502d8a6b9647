from datetime import datetime, timedelta, timezone

import pytest
from crm_deadline.logic import clock
from crm_deadline.logic.calendar import Attendance, Calendar
from crm_deadline.logic.clock import Event, TransitionError
from crm_deadline.logic.term import Term
from crm_deadline.logic.working_time import Schedule
from hypothesis import given
from hypothesis import strategies as st

from .strategies import calendars, moments, terms

MONDAY = datetime(2026, 3, 2, 9)
EIGHT_TO_SIX = Calendar(timezone.utc, tuple(Attendance(day, 480, 1080) for day in range(5)))
FOUR_HOURS = Term(4, "working_hours")


def hours(count: float) -> datetime:
    """Return the moment some hours after Monday 9:00."""
    return MONDAY + timedelta(hours=count)


def replay(*entries: tuple[str, datetime], term: Term = FOUR_HOURS) -> clock.State:
    events = [Event(clock.START, MONDAY)] + [Event(kind, date) for kind, date in entries]
    return clock.replay(events, term, Schedule(EIGHT_TO_SIX))


def test_a_started_clock_runs_until_due():
    assert replay() == clock.State(clock.RUNNING, MONDAY, due=hours(4), last=MONDAY)


def test_a_pause_moves_the_due_time_by_the_working_time_paused():
    state = replay((clock.PAUSE, hours(1)), (clock.RESUME, hours(24)))

    assert state.due == hours(27)
    assert state.name == clock.RUNNING


def test_a_pause_of_the_weekend_moves_nothing():
    friday_evening, monday_morning = hours(4 * 24 + 9), hours(7 * 24 - 1)
    term = Term(50, "working_hours")
    without = replay(term=term)

    state = replay((clock.PAUSE, friday_evening), (clock.RESUME, monday_morning), term=term)

    assert state.due == without.due


def test_stopped_in_time_is_met():
    state = replay((clock.STOP, hours(4)))

    assert (state.name, state.end) == (clock.MET, hours(4))


def test_stopped_while_paused_is_met():
    assert replay((clock.PAUSE, hours(1)), (clock.STOP, hours(99))).name == clock.MET


def test_a_missed_clock_stays_open_until_the_work_is_done():
    missed = replay((clock.MISS, hours(4)))
    done = replay((clock.MISS, hours(4)), (clock.STOP, hours(6)))

    assert missed.is_open
    assert (done.name, done.missed, done.end) == (clock.MISSED, hours(4), hours(6))


def test_cancelling_a_missed_clock_does_not_undo_the_miss():
    assert replay((clock.MISS, hours(4)), (clock.CANCEL, hours(5))).name == clock.MISSED


def reapplied(amount: int, unit: str = "working_hours") -> clock.Basis:
    return clock.Basis(Term(amount, unit), Schedule(EIGHT_TO_SIX))


def apply_new(state: clock.State, date: datetime, basis: clock.Basis, *pauses: clock.Pause):
    event = Event(clock.REAPPLY, date, basis)
    return clock.apply(state, event, FOUR_HOURS, None, pauses)


def test_another_term_counts_from_the_start():
    state = apply_new(replay(), hours(2), reapplied(6))

    assert state == clock.State(clock.RUNNING, MONDAY, due=hours(6), last=hours(2))


def test_another_term_keeps_the_pauses_that_were():
    paused = (clock.PAUSE, hours(1)), (clock.RESUME, hours(3))

    state = apply_new(replay(*paused), hours(4), reapplied(6), (hours(1), hours(3)))

    assert state.due == hours(8)


def test_a_term_that_has_passed_already_is_due_at_once_and_not_before():
    state = apply_new(replay(), hours(3), reapplied(1))

    assert (state.name, state.due) == (clock.RUNNING, hours(3))
    assert clock.expand(state, Event(clock.STOP, hours(3))) == [Event(clock.STOP, hours(3))]


def test_another_term_while_paused_leaves_what_it_leaves():
    paused = replay((clock.PAUSE, hours(1)))

    longer = apply_new(paused, hours(2), reapplied(6), (hours(1), None))
    shorter = apply_new(paused, hours(2), reapplied(1), (hours(1), None))

    assert (longer.name, longer.left, shorter.left) == (clock.PAUSED, 5 * 3600, 0)


def test_another_term_undoes_no_miss():
    event = Event(clock.REAPPLY, hours(5), reapplied(9))

    assert clock.expand(replay(), event) == [Event(clock.MISS, hours(4))]
    with pytest.raises(TransitionError, match="not_running"):
        apply_new(replay((clock.MISS, hours(4))), hours(5), reapplied(9))


def test_the_ledger_replays_by_the_terms_it_names():
    events = [
        Event(clock.START, MONDAY),
        Event(clock.REAPPLY, hours(1), reapplied(2, "working_days")),
        Event(clock.PAUSE, hours(2)),
        Event(clock.RESUME, hours(25)),
    ]

    state = clock.replay(events, FOUR_HOURS, Schedule(EIGHT_TO_SIX))

    assert state.due == hours(24 * 3 + 9)  # Thursday, when work ends


@pytest.mark.parametrize("kind", [clock.STOP, clock.CANCEL, clock.ASSIGN])
def test_whatever_comes_late_is_preceded_by_the_miss(kind):
    events = clock.expand(replay(), Event(kind, hours(5)))

    assert events == [Event(clock.MISS, hours(4)), Event(kind, hours(5))]


def test_a_late_pause_becomes_the_miss():
    events = clock.expand(replay(), Event(clock.PAUSE, hours(5)))

    assert events == [Event(clock.MISS, hours(4))]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([(clock.START, hours(1))], "start"),
        ([(clock.RESUME, hours(1))], "not_paused"),
        ([(clock.PAUSE, hours(1)), (clock.PAUSE, hours(2))], "not_running"),
        ([(clock.PAUSE, hours(1)), (clock.MISS, hours(5))], "not_running"),
        ([(clock.MISS, hours(3))], "not_due"),
        ([(clock.MISS, hours(4)), (clock.PAUSE, hours(5))], "not_running"),
        ([(clock.STOP, hours(5))], "not_running"),
        ([(clock.STOP, hours(1)), (clock.STOP, hours(2))], "closed"),
        ([(clock.CANCEL, hours(1)), (clock.ASSIGN, hours(2))], "closed"),
        ([(clock.PAUSE, hours(2)), (clock.RESUME, hours(1))], "order"),
    ],
)
def test_an_entry_that_may_not_follow_says_why(entries, code):
    with pytest.raises(TransitionError) as caught:
        replay(*entries)

    assert caught.value.code == code


def test_a_ledger_begins_with_the_start():
    with pytest.raises(TransitionError, match="start"):
        clock.replay([Event(clock.STOP, MONDAY)], FOUR_HOURS, Schedule(EIGHT_TO_SIX))
    with pytest.raises(ValueError, match="empty"):
        clock.replay([], FOUR_HOURS, Schedule(EIGHT_TO_SIX))


def test_warning_comes_with_its_amount_left():
    schedule = Schedule(EIGHT_TO_SIX)
    due = schedule.plan(hours(8), FOUR_HOURS)

    warning = clock.warning_date(hours(8), due, 3, FOUR_HOURS, schedule)

    assert (due, warning) == (hours(26), hours(9))
    assert clock.warning_date(hours(25), due, 3, FOUR_HOURS, schedule) == hours(25)
    assert clock.warning_date(hours(8), due, 0, FOUR_HOURS, schedule) is None


@given(calendars(), terms(), moments, st.data())
def test_pause_and_resume_keep_what_was_left(calendar, term, start, data):
    schedule = Schedule(calendar)
    running = clock.begin(start, schedule.plan(start, term))
    length = int((running.due - start).total_seconds())
    paused_at = start + timedelta(seconds=data.draw(st.integers(0, length - 1)))
    resumed_at = paused_at + timedelta(seconds=data.draw(st.integers(0, 30 * 86400)))

    paused = clock.apply(running, Event(clock.PAUSE, paused_at), term, schedule)
    resumed = clock.apply(paused, Event(clock.RESUME, resumed_at), term, schedule)

    assert schedule.left(resumed_at, resumed.due, term) == paused.left
    assert resumed.due >= running.due


@given(
    calendars(),
    terms(),
    moments,
    st.lists(
        st.tuples(
            st.sampled_from(
                [clock.PAUSE, clock.RESUME, clock.STOP, clock.MISS, clock.CANCEL, clock.ASSIGN]
            ),
            st.integers(0, 5 * 86400),
        ),
        max_size=12,
    ),
)
def test_replaying_what_was_accepted_gives_the_same_state(calendar, term, start, attempts):
    schedule = Schedule(calendar)
    state = clock.begin(start, schedule.plan(start, term))
    ledger, now = [Event(clock.START, start)], start
    for kind, later in attempts:
        now += timedelta(seconds=later)
        for event in clock.expand(state, Event(kind, now)):
            try:
                state = clock.apply(state, event, term, schedule)
            except TransitionError:
                continue
            ledger.append(event)

    assert clock.replay(ledger, term, Schedule(calendar)) == state
    assert state.name != clock.MET or state.end <= state.due or _was_paused(ledger)


def _was_paused(ledger: list[Event]) -> bool:
    """Return whether a ledger ends in the middle of a pause."""
    pauses = [event.kind for event in ledger if event.kind in (clock.PAUSE, clock.RESUME)]
    return bool(pauses) and pauses[-1] == clock.PAUSE
