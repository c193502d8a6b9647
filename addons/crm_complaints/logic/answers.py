"""Whether a final answer says what it has to say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

ALWAYS: Final = "always"
NOT_UPHELD: Final = "not_upheld"

#: Outcomes by which the complainant does not get all he asked for.
_REFUSALS: Final = ("partly", "rejected")


@dataclass(frozen=True)
class Part:
    """Something a final answer contains. ``phrases``: any of them in the text shows it."""

    key: int
    phrases: tuple[str, ...] = ()
    is_required: bool = True
    when: str = ALWAYS


def needed(parts: Iterable[Part], outcome: str | None) -> list[Part]:
    """Return the parts that matter for an outcome, such as reasons for a refusal."""
    return [part for part in parts if part.when == ALWAYS or outcome in _REFUSALS]


def found(part: Part, text: str) -> bool:
    """Return whether one of the part's phrases stands in the text, however it is spaced."""
    plain = _plain(text)
    return any(_plain(phrase) in plain for phrase in part.phrases if _plain(phrase))


def missing(parts: Iterable[Part], outcome: str | None, shown: Collection[int]) -> list[Part]:
    """Return the required parts that are not there.

    :param shown: the keys of the parts found in the text or confirmed by a person
    """
    return [part for part in needed(parts, outcome) if part.is_required and part.key not in shown]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
