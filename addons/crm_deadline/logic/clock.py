"""The clock: which entry may follow which, and what state a ledger amounts to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .term import Term
from .working_time import Schedule

START = "start"
PAUSE = "pause"
RESUME = "resume"
STOP = "stop"
MISS = "miss"
CANCEL = "cancel"
ASSIGN = "assign"
REAPPLY = "reapply"

KINDS = frozenset((START, PAUSE, RESUME, STOP, MISS, CANCEL, ASSIGN, REAPPLY))

#: Entries whose effect is measured in the time of the calendar; the others need no schedule.
MEASURED = frozenset((PAUSE, RESUME))

RUNNING = "running"
PAUSED = "paused"
MET = "met"
MISSED = "missed"
CANCELLED = "cancelled"


#: A pause from one moment to another; None while it lasts, and if the clock ended in it.
Pause = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Basis:
    """What a clock counts by: a term, and the schedule in which it passes."""

    term: Term
    schedule: Schedule


@dataclass(frozen=True)
class Event:
    """One entry of a ledger: what happened, and when (naive UTC).

    ``basis`` is given by the entries of kind ``REAPPLY`` only: what is counted by from then on.
    """

    kind: str
    date: datetime
    basis: Basis | None = None


@dataclass(frozen=True)
class State:
    """What a ledger amounts to.

    ``due`` is the deadline promised last; while the clock is paused it is the one before the
    pause, and ``left`` the size (see ``Term.size``) that was left when the pause began.
    ``end`` closes the clock: a missed clock stays open until the work is done or given up.
    """

    name: str
    start: datetime
    due: datetime
    last: datetime
    left: int | None = None
    end: datetime | None = None
    missed: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the clock still waits for the work to be done."""
        return self.end is None


class TransitionError(ValueError):
    """An entry that may not follow. ``code`` says why, for a message in the user's language.

    Codes: ``closed``, ``not_running``, ``not_paused``, ``not_due``, ``order`` (dated before the
    entry it follows), ``start`` (a second start, or a ledger that begins otherwise).
    """

    def __init__(self, code: str, event: Event, state: State | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.event = event
        self.state = state


def begin(date: datetime, due: datetime) -> State:
    """Return the state of a clock just started."""
    return State(RUNNING, start=date, due=due, last=date)


def expand(state: State, event: Event) -> list[Event]:
    """Return the entries to write for ``event``: itself, after a miss nobody has noted yet.

    A running clock whose due time has passed is missed, whether or not the sweep came by, and
    its ledger says so before anything later. A pause then has nothing left to pause, and another
    term undoes no miss: only the miss is written.
    """
    if state.name == RUNNING and event.kind != MISS and event.date > state.due:
        miss = Event(MISS, state.due)
        return [miss] if event.kind in (PAUSE, REAPPLY) else [miss, event]
    return [event]


def apply(
    state: State,
    event: Event,
    term: Term,
    schedule: Schedule | None,
    pauses: Sequence[Pause] = (),
) -> State:
    """Return the state after one more entry. Raises ``TransitionError``.

    ``schedule`` may be None for entries that are not ``MEASURED``; ``pauses`` are those of the
    ledger so far, and matter to a ``REAPPLY`` only.
    """
    if event.kind == START:
        raise TransitionError("start", event, state)
    if not state.is_open:
        raise TransitionError("closed", event, state)
    if event.date < state.last:
        raise TransitionError("order", event, state)
    if event.kind == REAPPLY:
        return _reapply(replace(state, last=event.date), event, pauses)
    return _APPLY[event.kind](replace(state, last=event.date), event, term, schedule)


def _assign(state: State, event: Event, term: Term, schedule: Schedule | None) -> State:
    return state


def _pause(state: State, event: Event, term: Term, schedule: Schedule | None) -> State:
    if state.name != RUNNING:
        raise TransitionError("not_running", event, state)
    left = _needed(schedule).left(event.date, state.due, term)
    return replace(state, name=PAUSED, left=left)


def _resume(state: State, event: Event, term: Term, schedule: Schedule | None) -> State:
    if state.name != PAUSED or state.left is None:
        raise TransitionError("not_paused", event, state)
    due = _needed(schedule).resume(event.date, state.left, term)
    return replace(state, name=RUNNING, due=max(due, state.due), left=None)


def _stop(state: State, event: Event, term: Term, schedule: Schedule | None) -> State:
    if state.name == MISSED:
        return replace(state, end=event.date)
    if state.name == RUNNING and event.date > state.due:
        raise TransitionError("not_running", event, state)
    return replace(state, name=MET, end=event.date, left=None)


def _miss(state: State, event: Event, term: Term, schedule: Schedule | None) -> State:
    if state.name != RUNNING:
        raise TransitionError("not_running", event, state)
    if event.date < state.due:
        raise TransitionError("not_due", event, state)
    return replace(state, name=MISSED, missed=event.date)


def _cancel(state: State, event: Event, term: Term, schedule: Schedule | None) -> State:
    name = MISSED if state.name == MISSED else CANCELLED
    return replace(state, name=name, end=event.date, left=None)


def _reapply(state: State, event: Event, pauses: Sequence[Pause]) -> State:
    """Count the clock anew by another term, as if it had been so from the start.

    A clock that would be late by the new term is due at once, not before anybody knew of it.
    """
    if state.name not in (RUNNING, PAUSED):
        raise TransitionError("not_running", event, state)
    if event.basis is None:
        raise ValueError("this entry says by what the clock counts from then on")
    due, left = recount(state.start, pauses, event.basis)
    if state.name == RUNNING:
        due = max(due, event.date)
    return replace(state, due=due, left=left)


def recount(start: datetime, pauses: Sequence[Pause], basis: Basis) -> tuple[datetime, int | None]:
    """Return when a clock is due that ran from ``start`` with ``pauses``, counted by ``basis``.

    The second value is what was left of the term when the pause began that still lasts. Pauses
    after the due time so found change nothing: the time was up.
    """
    due = basis.schedule.plan(start, basis.term)
    for pause, resume in pauses:
        left = basis.schedule.left(pause, due, basis.term)
        if resume is None:
            return due, left
        if pause < due:
            due = max(due, basis.schedule.resume(resume, left, basis.term))
    return due, None


def pauses_of(events: Iterable[Event]) -> list[Pause]:
    """Return the pauses of a ledger, oldest first."""
    pauses: list[Pause] = []
    for event in events:
        if event.kind == PAUSE:
            pauses.append((event.date, None))
        elif event.kind == RESUME and pauses:
            pauses[-1] = pauses[-1][0], event.date
    return pauses


def _needed(schedule: Schedule | None) -> Schedule:
    """Return the schedule of a measured entry."""
    if schedule is None:
        raise ValueError("this entry is measured in the time of a calendar")
    return schedule


_APPLY = {
    ASSIGN: _assign,
    PAUSE: _pause,
    RESUME: _resume,
    STOP: _stop,
    MISS: _miss,
    CANCEL: _cancel,
}


def replay(events: Iterable[Event], term: Term, schedule: Schedule) -> State:
    """Return the state a ledger amounts to, oldest entry first. Raises ``TransitionError``.

    ``term`` and ``schedule`` are those of the start; entries of kind ``REAPPLY`` bring their own.
    """
    state: State | None = None
    seen: list[Event] = []
    for event in events:
        if state is None:
            if event.kind != START:
                raise TransitionError("start", event)
            state = begin(event.date, schedule.plan(event.date, term))
        else:
            pauses = pauses_of(seen) if event.kind == REAPPLY else ()
            state = apply(state, event, term, schedule, pauses)
        if event.basis:
            term, schedule = event.basis.term, event.basis.schedule
        seen.append(event)
    if state is None:
        raise ValueError("an empty ledger has no state")
    return state


def warning_date(
    since: datetime, due: datetime, amount: int, term: Term, schedule: Schedule
) -> datetime | None:
    """Return the moment from which ``amount`` of the term's units are left before ``due``.

    ``since`` is where the clock began to run towards ``due``, the earliest answer. None without
    an amount.
    """
    if not amount:
        return None
    left = schedule.left(since, due, term) - replace(term, amount=amount).size
    return min(schedule.resume(since, left, term), due) if left > 0 else since
