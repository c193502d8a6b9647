"""Assignments: who may do what to a task that one person gives another, and who gets the next one.

Plain functions over plain values, as in the rest of this package.

Words: a *deed* takes an assignment from one state to another; a *party* is the part a person plays
in it (one person may play several).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal["offered", "accepted", "declined", "done", "checked", "returned", "cancelled"]
Party = Literal["sender", "receiver", "controller", "system"]

OPEN: frozenset[str] = frozenset({"offered", "accepted", "declined", "done", "returned"})
#: The receiver has something to do: accept it, or carry it out.
WAITING: frozenset[str] = frozenset({"offered", "accepted", "returned"})


@dataclass(frozen=True, slots=True)
class Deed:
    """What may be done: from which states to which one, by whom, and whether he says why.

    ``system`` among the parties is the process itself: the deal went on, or was lost.
    """

    origins: frozenset[str]
    result: State
    parties: frozenset[str]
    needs_reason: bool = False


def _deed(origins: str, result: State, parties: str, *, needs_reason: bool = False) -> Deed:
    return Deed(frozenset(origins.split()), result, frozenset(parties.split()), needs_reason)


DEEDS: dict[str, Deed] = {
    "accept": _deed("offered", "accepted", "receiver system"),
    "decline": _deed("offered accepted", "declined", "receiver", needs_reason=True),
    "offer": _deed("declined", "offered", "sender"),
    "finish": _deed("accepted returned", "done", "receiver system"),
    "check": _deed("done", "checked", "controller"),
    "return": _deed("done", "returned", "controller", needs_reason=True),
    "cancel": _deed("offered accepted declined returned", "cancelled", "sender system"),
}


class DeedError(ValueError):
    """A deed that is not allowed. ``cause`` is one of *state*, *party*, *reason*."""

    def __init__(self, cause: Literal["state", "party", "reason"]) -> None:
        super().__init__(cause)
        self.cause = cause


def judge(deed: str, state: str, parties: Collection[str], reason: str | None) -> State:
    """Return the state that a deed leads to.

    :param parties: the parts that the doer plays
    :raise DeedError: the assignment is not in a state for it, it is not for this person to do, or
        he does not say why

    >>> judge("accept", "offered", ["receiver"], None)
    'accepted'
    """
    rule = DEEDS[deed]
    if rule.parties.isdisjoint(parties):
        raise DeedError("party")
    if state not in rule.origins:
        raise DeedError("state")
    if rule.needs_reason and not (reason or "").strip():
        raise DeedError("reason")
    return rule.result


def choose(people: Iterable[int], open_counts: Mapping[int, int]) -> int | None:
    """Return who has the least to do; the first of several equals, nobody if there are no people.

    :param people: in the order in which they should be asked
    :param open_counts: how many open assignments each has; none if not mentioned

    >>> choose([7, 3, 5], {7: 2, 3: 1, 5: 1})
    3
    """
    return min(people, key=lambda person: open_counts.get(person, 0), default=None)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is responsible for the deals of a stage, as a standard says.

    ``role_id`` is the role whose person it is. A standard's scope decides whether the duty speaks
    to a deal; the caller has looked at it.
    """

    id: int
    stage_id: int
    role_id: int


def duty_of(duties: Iterable[Duty], stage: int | None) -> Duty | None:
    """Return the duty of a stage: the first one, so that exactly one person is responsible."""
    return next((duty for duty in duties if duty.stage_id == stage), None)


def passes_on(before: Duty | None, after: Duty | None) -> bool:
    """Tell whether a deal goes over to somebody else's hands when it changes its stage.

    The same role goes on with its own deal; a stage that nobody is named for leaves it where it is.
    """
    return after is not None and (before is None or before.role_id != after.role_id)
