"""RFM: customers by how recently, how often and for how much they bought.

Each of the three is a fifth of the customers, 5 the best. Equal values share a fifth, that of their
middle: when all are equal, all are 3, and nobody is better by the order of the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

CHAMPION, LOYAL, PROMISING = "champion", "loyal", "promising"
ATTENTION, RISK, LOST, NOTHING = "attention", "risk", "lost", "O"
CODES = (CHAMPION, LOYAL, PROMISING, ATTENTION, RISK, LOST, NOTHING)


@dataclass(frozen=True)
class Habit:
    """What a customer did in the window.

    :param latest: when he last bought; what was taken back is no purchase
    :param number: how often he bought
    :param amount: what remains of it
    """

    latest: date
    number: int
    amount: Decimal


@dataclass(frozen=True)
class Verdict:
    """A customer's class and score: three figures from 1 to 5, as 545."""

    code: str
    score: int | None


def classify(habits: Mapping[int, Habit]) -> dict[int, Verdict]:
    """Return the class of each customer by what he did."""
    buyers = {customer: habit for customer, habit in habits.items() if habit.amount > 0}
    fifths = zip(
        fifths_of([habit.latest for habit in buyers.values()]),
        fifths_of([habit.number for habit in buyers.values()]),
        fifths_of([habit.amount for habit in buyers.values()]),
        strict=True,
    )
    verdicts = dict.fromkeys(habits, Verdict(NOTHING, None))
    for customer, (recency, frequency, money) in zip(buyers, fifths, strict=True):
        score = recency * 100 + frequency * 10 + money
        verdicts[customer] = Verdict(classify_one(recency, frequency, money), score)
    return verdicts


def fifths_of(values: Sequence) -> list[int]:
    """Return the fifth of each value, from 1 to 5; equal values have the one of their middle."""
    lower: dict = {}
    peers: dict = {}
    for place, value in enumerate(sorted(values)):
        lower.setdefault(value, place)
        peers[value] = peers.get(value, 0) + 1
    return [1 + 5 * (2 * lower[value] + peers[value]) // (2 * len(values)) for value in values]


def classify_one(recency: int, frequency: int, money: int) -> str:
    """Return a class by three fifths; what a customer is worth is the mean of the last two."""
    is_worth = frequency + money  # 2 to 10
    if recency <= 2:
        return RISK if is_worth >= 6 else LOST
    if is_worth < 6:
        return PROMISING if recency >= 4 else ATTENTION
    return CHAMPION if recency >= 4 and is_worth >= 8 else LOYAL
