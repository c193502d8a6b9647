"""Reading regulations: who still has to confirm which version, and what a short check asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

#: Who has not confirmed in time is reminded, and again after so many days.
REMIND_EVERY = timedelta(days=7)


@dataclass(frozen=True)
class Question:
    """A question of the check: right are exactly these choices, all of them."""

    id: int
    choices: frozenset[int]
    right: frozenset[int]


@dataclass(frozen=True)
class Request:
    """A request to read: which version, whether it was confirmed."""

    user_id: int
    version: int
    is_confirmed: bool


def knowing(requests: Iterable[Request], since: int) -> frozenset[int]:
    """Return who has confirmed a version that still counts: this one or a later one."""
    return frozenset(
        request.user_id for request in requests if request.is_confirmed and request.version >= since
    )


def to_ask(
    audience: Collection[int], requests: Collection[Request], version: int, since: int
) -> tuple[int, ...]:
    """Return whom to ask to read the version in force, in the order of the audience.

    Everybody once: not who has confirmed a version that counts, and not who is asked already.
    """
    asked = {
        request.user_id
        for request in requests
        if not request.is_confirmed and request.version == version
    }
    done = asked | knowing(requests, since)
    return tuple(user_id for user_id in dict.fromkeys(audience) if user_id not in done)


def to_release(
    audience: Collection[int], requests: Collection[Request], version: int, since: int
) -> tuple[Request, ...]:
    """Return the open requests that are needed no more."""
    people, known = frozenset(audience), knowing(requests, since)
    return tuple(
        request
        for request in requests
        if not request.is_confirmed
        and (
            request.version != version or request.user_id not in people or request.user_id in known
        )
    )


def find_wrong(
    questions: Iterable[Question], answers: Mapping[int, Collection[int]]
) -> tuple[int, ...]:
    """Return the questions that were answered wrongly or not at all."""
    return tuple(
        question.id
        for question in questions
        if question.right != question.choices & frozenset(answers.get(question.id, ()))
        or not question.choices >= frozenset(answers.get(question.id, ()))
    )


def is_to_remind(due: date | None, reminded: date | None, today: date) -> bool:
    """Whether who was asked is to be reminded today."""
    if not due or today <= due:
        return False
    return reminded is None or today - reminded >= REMIND_EVERY


def share(part: int, whole: int) -> int:
    """Return a part in whole percent; never 100 before all have confirmed."""
    return part * 100 // whole if whole > 0 else 0
