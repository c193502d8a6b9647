"""Are these two the same customer? A score with its reasons.

Plain functions over plain values. The same score is shown while somebody types and in the list of
likely duplicates, so it does not depend on what the database can do.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Reason = Literal["email", "phone", "tax_id", "name"]

#: Legal forms say nothing about who somebody is.
LEGAL_FORMS = frozenset(
    "ооо оао зао пао нпао ао ип нко фгуп муп тоо чп llc ltd limited inc corp corporation co company"
    " gmbh ag kg sa sarl sas srl spa bv nv oy ab as plc llp lp".split()
)

#: Two names less alike than this have nothing to do with each other.
LIKENESS = 0.5
#: How sure a coincidence makes us that two records mean the same.
CERTAINTY: dict[Reason, float] = {"tax_id": 0.95, "email": 0.8, "phone": 0.6, "name": 0.7}
#: From here on two records are called likely duplicates.
LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a contact or lead is known. Texts are normalized already; empty means unknown.

    ``family`` is the id of the company a contact or deal belongs to: its people share phone and
    e-mail, and are different people all the same. ``title`` is what a deal is about: one customer
    has several, and only those about the same are one.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    tax_id: str = ""
    is_company: bool | None = None
    family: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How sure we are (0 to 1), and why, the strongest reason first."""

    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def is_likely(self) -> bool:
        """Tell whether the two are called likely duplicates."""
        return self.score >= LIKELY


def name_words(name: str) -> tuple[str, ...]:
    """Return the words that identify a name, sorted: order, case, signs and accents do not count.

    >>> name_words("ООО «Ромашка-Плюс»") == name_words("Плюс Ромашка, ООО")
    True
    """
    flat = unicodedata.normalize("NFKD", name.casefold())
    flat = "".join(char for char in flat if not unicodedata.combining(char))
    words = re.findall(r"\w+", flat.replace("_", " "))
    return tuple(sorted(word for word in words if word not in LEGAL_FORMS) or sorted(words))


def tax_key(tax_id: str) -> str:
    """Return the signs of a tax number that count.

    >>> tax_key("be 0477.472.701")
    'BE0477472701'
    """
    return re.sub(r"[\W_]", "", tax_id).upper()


def trigrams(words: tuple[str, ...]) -> frozenset[str]:
    """Return the groups of three signs of each word, with its edges."""
    return frozenset(
        padded[at : at + 3]
        for word in words
        for padded in [f"  {word} "]
        for at in range(len(padded) - 2)
    )


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1 (shared trigrams by all trigrams)."""
    words, others = name_words(one), name_words(other)
    if not words or not others:
        return 0.0
    if words == others:
        return 1.0
    mine, theirs = trigrams(words), trigrams(others)
    return len(mine & theirs) / len(mine | theirs)


def compare(one: Identity, other: Identity) -> Match:
    """Return how sure we are that two records mean the same customer.

    Independent coincidences add up as chances do: two of 0.6 and 0.7 leave a doubt of 0.4 times
    0.3. A phone or an address shared inside one company, or by a company and a person, says
    nothing without a name that is alike.
    """
    is_family = one.family is not None and one.family == other.family
    are_deals = is_family and bool(one.title or other.title)
    name = likeness(one.title, other.title) if are_deals else likeness(one.name, other.name)
    doubts: dict[Reason, float] = {}
    for reason in ("tax_id", "email", "phone"):
        value = getattr(one, reason)
        if value and value == getattr(other, reason):
            doubts[reason] = 1 - CERTAINTY[reason]
    if name >= LIKENESS:
        doubts["name"] = 1 - CERTAINTY["name"] * name
    kinds = {one.is_company, other.is_company}
    is_shared = is_family or kinds == {True, False}
    if is_shared and "name" not in doubts:
        return Match(0.0)
    doubt = 1.0
    for reason in doubts:
        doubt *= doubts[reason]
    reasons = sorted(doubts, key=lambda reason: (doubts[reason], reason))
    return Match(round(1 - doubt, 4), tuple(reasons))
