"""What a question must be like to measure something, and why it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .metrics import CES_SCALE, NPS_SCALE

NPS: Final = "nps"
CSAT: Final = "csat"
CES: Final = "ces"
DRIVER: Final = "driver"
REASON: Final = "reason"
TEXT: Final = "text"

#: A survey has each of these once: a response has one value of each.
SINGLE: Final = (NPS, CSAT, CES)
#: What is read as a number.
MEASURED: Final = (NPS, CSAT, CES, DRIVER)

SCALE: Final = "scale"
CHOICE: Final = "simple_choice"

# what is wrong with a question; the model has the words
NEEDS_NPS_SCALE: Final = "needs_nps_scale"
NEEDS_CES_SCALE: Final = "needs_ces_scale"
NEEDS_SCALE_OR_CHOICE: Final = "needs_scale_or_choice"
NEEDS_VALUES: Final = "needs_values"
NEEDS_CHOICE: Final = "needs_choice"
NEEDS_TEXT: Final = "needs_text"


@dataclass(frozen=True)
class Question:
    """A question as far as its role is concerned; ``values`` are those of its choices."""

    kind: str
    scale: tuple[int, int] = (0, 10)
    values: tuple[float, ...] = ()


def find_problem(role: str, question: Question) -> str | None:
    """Return why the question cannot have the role, or nothing."""
    if role == NPS:
        return None if _has_scale(question, NPS_SCALE) else NEEDS_NPS_SCALE
    if role == CES:
        return None if _has_scale(question, CES_SCALE) else NEEDS_CES_SCALE
    if role in (CSAT, DRIVER):
        if question.kind == SCALE:
            return None
        if question.kind != CHOICE:
            return NEEDS_SCALE_OR_CHOICE
        return None if len(set(question.values)) > 1 else NEEDS_VALUES
    if role == REASON:
        return None if question.kind in (CHOICE, "multiple_choice") else NEEDS_CHOICE
    return None if question.kind in ("char_box", "text_box") else NEEDS_TEXT


def find_doubled(roles: Sequence[str]) -> list[str]:
    """Return the roles that a survey has more than once though it may have them once only."""
    counts = Counter(roles)
    return [role for role in SINGLE if counts[role] > 1]


def _has_scale(question: Question, scale: tuple[int, int]) -> bool:
    return question.kind == SCALE and question.scale == scale
