"""Questions the knowledge base has no answer to: which of them are the same question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from .query import Group

MAX_WORDS = 8  # what more words say is no longer asked by anybody else
ENOUGH = 0.5  # of the words of a question: what has no more of them is no answer


def make_key(groups: Iterable[Group]) -> str:
    """Return by what questions are the same: their words in any form and order, without codes.

    Codes and numbers are left out: they name a document or a person, not a subject.
    """
    stems = {min(group.lexemes) for group in groups if group.lexemes and not group.is_code}
    return " ".join(sorted(stems)[:MAX_WORDS])


def is_hit(groups: Sequence[Group], found: Collection[int]) -> bool:
    """Whether the best article answers a question, by the words of the question that it has."""
    return bool(groups) and len(found) > ENOUGH * len(groups)
