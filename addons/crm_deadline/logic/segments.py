"""Segments: a ledger read as stretches of time, and what they amount to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from . import clock
from .term import Term
from .working_time import Schedule

#: What a clock does from an entry on. An entry of another kind changes nothing of it.
_BEGINS = {
    clock.START: clock.RUNNING,
    clock.RESUME: clock.RUNNING,
    clock.PAUSE: clock.PAUSED,
    clock.MISS: clock.MISSED,
}


@dataclass(frozen=True)
class Segment:
    """A stretch in which a clock ran, was paused, or was late (missed and not done yet).

    ``entry`` is the position in the ledger of the entry that began it, ``cause`` that of the
    entry since which it is so: they differ after another term was applied, which begins a new
    segment of the same kind. ``stop`` is None while it lasts.
    """

    kind: str
    start: datetime
    stop: datetime | None
    entry: int
    cause: int


def segments(events: Iterable[clock.Event]) -> list[Segment]:
    """Return the segments of a ledger, without gaps, oldest first."""
    found: list[Segment] = []
    current: Segment | None = None
    for position, event in enumerate(events):
        if event.kind == clock.ASSIGN:
            continue
        if current:
            found.append(_ended(current, event.date))
        if event.kind in (clock.STOP, clock.CANCEL):
            current = None
        elif event.kind in _BEGINS:
            current = Segment(_BEGINS[event.kind], event.date, None, position, position)
        elif current:
            current = Segment(current.kind, event.date, None, position, current.cause)
    return [*found, current] if current else found


def _ended(segment: Segment, stop: datetime) -> Segment:
    """Return a segment with its end."""
    return Segment(segment.kind, segment.start, stop, segment.entry, segment.cause)


def paused_sizes(parts: Sequence[Segment], term: Term, schedule: Schedule) -> dict[int, int]:
    """Return the size of the term's time that passed in each pause that has ended.

    The keys are the positions in the ledger of the entries that began the pauses. A pause in
    which none of the term's time passed, such as a weekend, is left out.
    """
    sizes: dict[int, int] = {}
    open_causes = {part.cause for part in parts if part.stop is None}
    for part in parts:
        if part.kind == clock.PAUSED and part.stop and part.cause not in open_causes:
            size = schedule.left(part.start, part.stop, term)
            sizes[part.cause] = sizes.get(part.cause, 0) + size
    return {cause: size for cause, size in sizes.items() if size}
