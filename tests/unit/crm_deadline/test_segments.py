import itertools
from datetime import datetime, timedelta, timezone

from crm_deadline.logic import clock
from crm_deadline.logic.calendar import Attendance, Calendar
from crm_deadline.logic.clock import Basis, Event
from crm_deadline.logic.segments import Segment, paused_sizes, segments
from crm_deadline.logic.term import Term
from crm_deadline.logic.working_time import Schedule
from hypothesis import assume, given
from hypothesis import strategies as st

from .strategies import calendars, ledgers, moments, terms

MONDAY = datetime(2026, 3, 2, 9)
EIGHT_TO_SIX = Calendar(timezone.utc, tuple(Attendance(day, 480, 1080) for day in range(5)))
FOUR_HOURS = Term(4, "working_hours")


def hours(count: float) -> datetime:
    return MONDAY + timedelta(hours=count)


def test_a_ledger_reads_as_stretches_of_time():
    new = Basis(FOUR_HOURS, Schedule(EIGHT_TO_SIX))
    events = [
        Event(clock.START, MONDAY),
        Event(clock.PAUSE, hours(1)),
        Event(clock.ASSIGN, hours(1.5)),
        Event(clock.REAPPLY, hours(2), new),
        Event(clock.RESUME, hours(3)),
        Event(clock.MISS, hours(6)),
        Event(clock.STOP, hours(7)),
    ]

    assert segments(events) == [
        Segment(clock.RUNNING, MONDAY, hours(1), 0, 0),
        Segment(clock.PAUSED, hours(1), hours(2), 1, 1),
        Segment(clock.PAUSED, hours(2), hours(3), 3, 1),
        Segment(clock.RUNNING, hours(3), hours(6), 4, 4),
        Segment(clock.MISSED, hours(6), hours(7), 5, 5),
    ]


def test_a_pause_that_lasts_is_open_and_not_counted_yet():
    parts = segments([Event(clock.START, MONDAY), Event(clock.PAUSE, hours(1))])

    assert parts[-1] == Segment(clock.PAUSED, hours(1), None, 1, 1)
    assert paused_sizes(parts, FOUR_HOURS, Schedule(EIGHT_TO_SIX)) == {}


def test_each_pause_is_measured_in_working_time():
    parts = segments(
        [
            Event(clock.START, MONDAY),
            Event(clock.PAUSE, hours(1)),
            Event(clock.RESUME, hours(2)),
            Event(clock.PAUSE, hours(10)),  # after work, before work: no time has passed
            Event(clock.RESUME, hours(22)),
            Event(clock.PAUSE, hours(24)),
            Event(clock.STOP, hours(26)),
        ]
    )

    sizes = paused_sizes(parts, FOUR_HOURS, Schedule(EIGHT_TO_SIX))

    assert sizes == {1: 3600, 5: 2 * 3600}


@given(ledgers())
def test_replay_and_segments_give_the_state_the_clock_is_in(drawn):
    ledger, first, state = drawn

    parts = segments(ledger)

    assert clock.replay(ledger, first.term, first.schedule) == state
    assert parts[0].start == state.start
    assert parts[-1].stop == state.end
    assert all(one.stop == other.start for one, other in itertools.pairwise(parts))
    if state.is_open:
        assert parts[-1].kind == state.name
    late = [part.start for part in parts if part.kind == clock.MISSED]
    assert late == ([state.missed] if state.missed else [])


@given(ledgers())
def test_the_due_time_follows_from_the_segments_by_the_term_they_name(drawn):
    """Recounting the pauses by the last term gives the due time, but for a term applied too late
    to be kept: that is due when it is applied.
    """
    ledger, first, state = drawn
    bases = [event.basis for event in ledger if event.basis]
    parts = segments(ledger)
    pauses = [part for part in parts if part.kind == clock.PAUSED]

    due, left = clock.recount(state.start, clock.pauses_of(ledger), (bases or [first])[-1])

    assert {part.cause for part in pauses} == {
        position for position, event in enumerate(ledger) if event.kind == clock.PAUSE
    }
    if not bases:
        assert (state.due, state.left) == (due, left if state.name == clock.PAUSED else None)
    else:
        assert state.due >= due


@given(calendars(), terms(), moments, st.integers(0, 86400), st.integers(0, 20 * 86400))
def test_paused_size_is_how_far_the_due_time_moved(calendar, term, start, before, length):
    schedule = Schedule(calendar)
    pause = start + timedelta(seconds=before)
    resume = pause + timedelta(seconds=length)
    events = [Event(clock.START, start), Event(clock.PAUSE, pause), Event(clock.RESUME, resume)]
    due = schedule.plan(start, term)
    assume(pause <= due)

    size = sum(paused_sizes(segments(events), term, schedule).values())

    assert size == schedule.left(due, clock.replay(events, term, schedule).due, term)
