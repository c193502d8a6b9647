"""Which answers ask for something to be done, and when the loop with the customer is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

AT_MOST: Final = "at_most"
AT_LEAST: Final = "at_least"

# how a follow-up ended; the model has the words
CONTENT: Final = "content"
EXPLAINED: Final = "explained"
UNSOLVED: Final = "unsolved"
AGREED: Final = "agreed"
DECLINED: Final = "declined"
NOT_REACHED: Final = "not_reached"
NOTHING: Final = "nothing"

#: The customer has heard from us: only then is the loop closed, whether he is content or not.
HEARD: Final = frozenset((CONTENT, EXPLAINED, UNSOLVED, AGREED, DECLINED))
#: How each kind of follow-up can end; kinds that are not here end like a talk.
TALK: Final = "talk"
ENDS: Final[dict[str, tuple[str, ...]]] = {
    TALK: (CONTENT, EXPLAINED, UNSOLVED, NOT_REACHED, NOTHING),
    "reference": (AGREED, DECLINED, NOT_REACHED, NOTHING),
}


@dataclass(frozen=True)
class Said:
    """What a customer said: a value for each metric he was asked about; his tags."""

    survey: int
    values: Mapping[str, float]
    tags: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Condition:
    """Which answers a rule is for; no surveys or tags: all of them."""

    metric: str
    direction: str
    threshold: float
    surveys: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()

    def fits(self, said: Said) -> bool:
        """Say whether the answer is one of those; what was not answered fits nothing.

        >>> Condition("nps", AT_MOST, 6).fits(Said(1, {"nps": 6}))
        True
        >>> Condition("nps", AT_MOST, 6).fits(Said(1, {}))
        False
        """
        value = said.values.get(self.metric)
        if value is None:
            return False
        if self.surveys and said.survey not in self.surveys:
            return False
        if self.tags and not self.tags & said.tags:
            return False
        return value <= self.threshold if self.direction == AT_MOST else value >= self.threshold


class Rule(Protocol):
    """What ``choose`` needs to know of a rule."""

    @property
    def kind(self) -> str:
        """Return what is to be done."""
        ...

    @property
    def condition(self) -> Condition:
        """Return which answers it is for."""
        ...


AnyRule = TypeVar("AnyRule", bound=Rule)


def choose(rules: Iterable[AnyRule], said: Said) -> Sequence[AnyRule]:
    """Return the rules an answer sets off: the first that fits, of each kind.

    So a customer is called once about one answer, however many rules he falls under.
    """
    chosen: dict[str, AnyRule] = {}
    for rule in rules:
        if rule.kind not in chosen and rule.condition.fits(said):
            chosen[rule.kind] = rule
    return tuple(chosen.values())


def get_ends(kind: str) -> tuple[str, ...]:
    """Return how a follow-up of a kind can end."""
    return ENDS.get(kind, ENDS[TALK])


def closed_points(outcome: str | None) -> int:
    """Return 100 where the customer heard from us: the mean of the points is the loop rate."""
    return 100 if outcome in HEARD else 0
