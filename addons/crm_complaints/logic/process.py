"""Processes: a graph of steps, and the tokens that go through it.

Plain functions over plain values. A *token* is a step of one case that is in work or waits for
others. Where several ways come together, a step begins when nothing that is still under way can
come to it any more: so it waits for all branches, however long each of them is, and for none that
was not taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["empty", "no_end", "unreachable", "endless", "dead_end"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a process.

    ``is_end``: the case ends here; ways on from it are ways to reopen. ``is_split``: all steps
    that follow begin at once; otherwise whoever finishes it chooses one.
    """

    id: int
    sequence: int
    stage: int
    next_ids: tuple[int, ...] = ()
    is_end: bool = False
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a process; ``step`` is the id of the step it is about, or ``None``."""

    kind: Kind
    step: int | None = None


def first_step(steps: Iterable[Step]) -> Step | None:
    """Return the step a case begins with: the first in order that does not end it."""
    return min(
        (step for step in steps if not step.is_end),
        key=lambda step: (step.sequence, step.id),
        default=None,
    )


def reach(steps: Mapping[int, Step], source: int) -> set[int]:
    """Return the steps to which the way leads on from ``source``; ends lead nowhere."""
    found: set[int] = set()
    border = [source]
    while border:
        step = steps.get(border.pop())
        if step is None or step.is_end:
            continue
        fresh = [key for key in step.next_ids if key in steps and key not in found]
        found.update(fresh)
        border += fresh
    return found


def released(
    steps: Mapping[int, Step], waiting: Collection[int], working: Collection[int]
) -> list[int]:
    """Return which of the waiting steps of a case may begin now, in order.

    :param waiting: steps that were reached and have not begun
    :param working: steps in work

    If all that is left waits for each other, in a circle, the first one begins: a case never
    stands still without anybody who has it in his hands.
    """
    order = sorted(waiting, key=lambda key: (steps[key].sequence, key))
    coming = {key: reach(steps, key) for key in {*waiting, *working} if key in steps}
    free = [
        key
        for key in order
        if not any(key in ahead for other, ahead in coming.items() if other != key)
    ]
    return free or ([] if working else order[:1])


def step_to(steps: Mapping[int, Step], working: Collection[int], stage: int) -> int | None:
    """Return the step that begins when a case is moved to a stage by the only step in work.

    ``None`` if the stage does not follow from it, or several steps are in work.
    """
    if len(working) != 1:
        return None
    step = steps.get(next(iter(working)))
    followers = [steps[key] for key in step.next_ids if key in steps] if step else []
    followers.sort(key=lambda follower: (follower.sequence, follower.id))
    return next((follower.id for follower in followers if follower.stage == stage), None)


def step_of_stage(steps: Iterable[Step], stage: int) -> int | None:
    """Return the first step that is worked on in a stage."""
    fitting = [step for step in steps if step.stage == stage]
    fitting.sort(key=lambda step: (step.sequence, step.id))
    return fitting[0].id if fitting else None


def problems(steps: Mapping[int, Step]) -> list[Problem]:
    """Return what keeps cases from coming to an end by this process."""
    start = first_step(steps.values())
    if start is None:
        return [Problem("empty")]
    ends = {key for key, step in steps.items() if step.is_end}
    if not ends:
        return [Problem("no_end")]
    found = []
    reopened = {key for end in ends for key in steps[end].next_ids if key in steps}
    live = {start.id}.union(reopened, *(reach(steps, key) for key in {start.id, *reopened}))
    for key, step in sorted(steps.items(), key=lambda item: (item[1].sequence, item[0])):
        if key not in live:
            found.append(Problem("unreachable", key))
        elif not step.is_end and not any(follower in steps for follower in step.next_ids):
            found.append(Problem("dead_end", key))
        elif not step.is_end and not reach(steps, key) & ends:
            found.append(Problem("endless", key))
    return found


def layout(steps: Sequence[Step]) -> dict[int, tuple[int, int]]:
    """Return where to draw each step: column and row.

    The column says how many steps lead to it at least; what nothing leads to stands first.
    """
    by_id = {step.id: step for step in steps}
    start = first_step(steps)
    columns = {start.id: 0} if start else {}
    border = list(columns)
    while border:
        following = []
        for key in border:
            for target in by_id[key].next_ids:
                if target in by_id and target not in columns:
                    columns[target] = columns[key] + 1
                    following.append(target)
        border = following
    rows: dict[int, int] = {}
    places = {}
    for step in sorted(steps, key=lambda step: (step.sequence, step.id)):
        column = columns.get(step.id, 0)
        rows[column] = rows.get(column, -1) + 1
        places[step.id] = (column, rows[column])
    return places
