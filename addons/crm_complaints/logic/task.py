"""Tasks: who may do what to a piece of work that is put into somebody's hands.

Plain functions over plain values, as in the rest of this package. A *deed* takes a task from one
state to another; a *party* is the part a person plays in it (one person may play several).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal[
    "waiting",
    "offered",
    "accepted",
    "started",
    "refused",
    "done",
    "returned",
    "checked",
    "cancelled",
]
Cause = Literal["state", "party", "reason"]

#: Somebody has something to do: accept it, or carry it out.
IN_HANDS: frozenset[str] = frozenset({"offered", "accepted", "started", "returned"})
#: Not over yet, whatever it waits for.
OPEN: frozenset[str] = IN_HANDS | {"waiting", "refused", "done"}


@dataclass(frozen=True, slots=True)
class Deed:
    """What may be done: from which states to which one, by whom, and whether he says why.

    ``system`` among the parties is the process itself.
    """

    origins: frozenset[str]
    result: State
    parties: frozenset[str]
    needs_reason: bool = False


def _deed(origins: str, result: State, parties: str, *, needs_reason: bool = False) -> Deed:
    return Deed(frozenset(origins.split()), result, frozenset(parties.split()), needs_reason)


DEEDS: dict[str, Deed] = {
    "offer": _deed(
        "waiting offered accepted started returned refused", "offered", "director system"
    ),
    "accept": _deed("offered", "accepted", "receiver system"),
    "refuse": _deed("offered accepted", "refused", "receiver", needs_reason=True),
    "start": _deed("accepted returned", "started", "receiver"),
    "finish": _deed("accepted started returned", "done", "receiver system"),
    "check": _deed("done", "checked", "controller system"),
    "return": _deed("done", "returned", "controller", needs_reason=True),
    "cancel": _deed(
        "waiting offered accepted started returned refused done",
        "cancelled",
        "director system",
        needs_reason=True,
    ),
}


class DeedError(ValueError):
    """A deed that is not allowed. ``cause`` is one of *state*, *party*, *reason*."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause)
        self.cause = cause


def judge(deed: str, state: str, parties: Collection[str], reason: str | None) -> State:
    """Return the state that a deed leads to.

    :param parties: the parts that the doer plays
    :raise DeedError: it is not for this person to do, the task is not in a state for it, or he
        does not say why

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


def is_over(state: str, *, is_checked: bool) -> bool:
    """Tell whether the work is over, so that what comes next may begin.

    :param is_checked: whether a controller has to agree that it was done well

    >>> is_over("done", is_checked=True)
    False
    """
    return state == "checked" or (state == "done" and not is_checked)


def choose(people: Iterable[int], open_counts: Mapping[int, int]) -> int | None:
    """Return who has the least to do; the first of several equals, nobody if there are no people.

    >>> choose([7, 3, 5], {7: 2, 3: 1, 5: 1})
    3
    """
    return min(people, key=lambda person: open_counts.get(person, 0), default=None)
