"""How often a customer is contacted: too seldom, as agreed, or too often.

Plain functions over plain values. The caller counts the contacts (in the database, for all
customers at once); here is what the counts mean.

Words used throughout: a contact is *held* when we reached the customer, whatever came of it; it is
*unasked* when the customer had not written first. Answers are held but not unasked: nobody may be
too quick to answer, and no customer is bothered by an answer.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Unit = Literal["days", "weeks", "months"]
State = Literal["too_few", "good", "full", "too_many"]
Arrival = Literal["email", "website", "phone", "manual", "other"]

#: Lengths of the units that always last the same.
UNIT_DAYS = {"days": 1, "weeks": 7}


@dataclass(frozen=True, slots=True)
class Norm:
    """The least and the most contacts in a period; ``None`` is no bound."""

    least: int | None = None
    most: int | None = None


def period_start(now: datetime, amount: int, unit: Unit) -> datetime:
    """Return when a period that ends now began.

    A month back is the same day of the earlier month, or its last day where it is shorter.

    >>> period_start(datetime(2026, 3, 31, 9), 1, "months")
    datetime.datetime(2026, 2, 28, 9, 0)
    """
    if unit != "months":
        return now - timedelta(days=amount * UNIT_DAYS[unit])
    months = now.year * 12 + now.month - 1 - amount
    year, month = divmod(months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


def judge(norm: Norm, held: int, unasked: int, *, is_whole: bool) -> State:
    """Return what the contacts of a period amount to.

    Too many comes before too few: whoever has bothered a customer cannot be told to call more.

    :param held: contacts that count towards the least
    :param unasked: contacts that count towards the most
    :param is_whole: the customer and the norm were there all the period long; nobody is late for
        a period that had hardly begun
    """
    if norm.most is not None and unasked > norm.most:
        return "too_many"
    if norm.least is not None and held < norm.least and is_whole:
        return "too_few"
    if norm.most is not None and unasked == norm.most:
        return "full"
    return "good"


def is_one_too_many(norm: Norm, unasked: int, *, is_answer: bool) -> bool:
    """Tell whether one contact more would break the norm. An answer never does."""
    if norm.most is None or is_answer:
        return False
    return judge(norm, 0, unasked + 1, is_whole=False) == "too_many"


def arrival_of(origin: str, medium: str | None) -> Arrival:
    """Return how a lead came in.

    :param origin: who was at work, a constant of :mod:`odoo.addons.crm_standards.origin`
    :param medium: ``website``, ``phone`` or ``email`` where the lead names such a medium
    """
    if origin == "mail":
        return "email"
    if origin == "visitor":
        return "website"
    mediums: dict[str | None, Arrival] = {"website": "website", "phone": "phone", "email": "email"}
    if medium in mediums:
        return mediums[medium]
    return "manual" if origin == "person" else "other"
