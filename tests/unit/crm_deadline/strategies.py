"""Random calendars, moments and terms for the property tests."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crm_deadline.logic import clock
from crm_deadline.logic.calendar import Attendance, Calendar, Leave, to_seconds
from crm_deadline.logic.term import UNIT_SECONDS, Term
from crm_deadline.logic.working_time import Schedule
from hypothesis import strategies as st

#: Zones with and without clock changes, whole and half hours, and one that skipped a day.
ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/Moscow",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Sao_Paulo",
]
#: Spring and autumn changes of the zones above lie within it.
FIRST = datetime(2025, 9, 1)
DAYS = 300

moments = st.integers(0, DAYS * 86400).map(lambda seconds: FIRST + timedelta(seconds=seconds))


@st.composite
def weeks(draw, two_weeks=False):
    """Return the attendances of one week (or two), not overlapping."""
    attendances = []
    for week in (0, 1) if two_weeks else (None,):
        for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
            bounds = draw(
                st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(sorted)
            )
            for start, stop in zip(bounds[::2], bounds[1::2], strict=False):
                attendances.append(Attendance(weekday, start * 15, stop * 15, week))
    return tuple(attendances)


@st.composite
def leaves(draw):
    """Return up to five leaves of an hour to three weeks; they may overlap."""
    result = []
    for start in draw(st.lists(moments, max_size=5)):
        begin = to_seconds(start)
        result.append(Leave(begin, begin + draw(st.integers(1, 21 * 24)) * 3600))
    return tuple(sorted(result))


@st.composite
def calendars(draw):
    """Return a calendar that always has working time again after its last leave."""
    attendances = draw(weeks(draw(st.booleans())))
    return Calendar(ZoneInfo(draw(st.sampled_from(ZONES))), attendances, draw(leaves()))


@st.composite
def terms(draw):
    """Return a term short enough to end within the horizon of a calendar with little work."""
    unit = draw(st.sampled_from(sorted(UNIT_SECONDS)))
    most = 600 if unit.endswith("minutes") else 25
    return Term(draw(st.integers(1, most)), unit, draw(st.booleans()))


@st.composite
def ledgers(draw):
    """Return a ledger that a clock has accepted, its start's basis, and the state it led to.

    Any entry may be tried at any time, also with another term and calendar; what the clock
    refuses is left out, as a process that gets an error writes nothing.
    """
    first = clock.Basis(draw(terms()), Schedule(draw(calendars())))
    now = draw(moments)
    ledger, basis = [clock.Event(clock.START, now)], first
    state = clock.begin(now, basis.schedule.plan(now, basis.term))
    kinds = st.sampled_from(sorted(clock.KINDS - {clock.START}))
    for kind in draw(st.lists(kinds, max_size=12)):
        now += timedelta(seconds=draw(st.integers(0, 5 * 86400)))
        new = None
        if kind == clock.REAPPLY:
            new = clock.Basis(draw(terms()), Schedule(draw(calendars())))
        for event in clock.expand(state, clock.Event(kind, now, new)):
            pauses = clock.pauses_of(ledger)
            try:
                state = clock.apply(state, event, basis.term, basis.schedule, pauses)
            except clock.TransitionError:
                continue
            basis = event.basis or basis
            ledger.append(event)
    return ledger, first, state
