"""What was typed into the form of an anonymous survey: read strictly, all at once.

The form is one page without scripts. Nothing is kept before it is sent as a whole, since half an
answer would be a trace of the moment somebody was at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

#: A longer text is cut: nobody types so much, a program would.
LONGEST: Final = 10_000

MISSING: Final = "missing"
UNKNOWN: Final = "unknown"

ONE_CHOICE: Final = "simple_choice"
CHOICES: Final = "multiple_choice"
MATRIX: Final = "matrix"


@dataclass(frozen=True)
class Asked:
    """A question on the form; one of the choices ``shown_by`` must be made for it to be asked."""

    key: int
    kind: str
    is_mandatory: bool = False
    choices: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()
    is_matrix_multiple: bool = False
    scale: tuple[int, int] = (0, 10)
    has_comment: bool = False
    comment_answers: bool = False
    shown_by: frozenset[int] = frozenset()


def read_form(
    questions: Sequence[Asked], form: Mapping[str, Sequence[str]]
) -> tuple[dict[str, dict[str, Any]], dict[int, str]]:
    """Return the answers by question, and what is wrong by question.

    ``form`` has the fields ``q7`` for question 7, ``q7_12`` for its row 12, and ``q7_comment``.
    Answers are as core saves them. What belongs to a question that is not asked is left out.

    >>> read_form([Asked(7, "scale")], {"q7": ["9"]})
    ({'7': {'answer': '9', 'comment': ''}}, {})
    >>> read_form([Asked(7, "scale", True)], {})
    ({}, {7: 'missing'})
    """
    answers: dict[str, dict[str, Any]] = {}
    errors: dict[int, str] = {}
    chosen: set[int] = set()
    for question in questions:
        if question.shown_by and not question.shown_by & chosen:
            continue
        answer, is_known = _read(question, form)
        comment = _text(form, f"q{question.key}_comment") if question.has_comment else ""
        if not is_known:
            errors[question.key] = UNKNOWN
            continue
        is_empty = not answer and not (comment and question.comment_answers)
        if question.is_mandatory and (is_empty or _misses_row(question, answer)):
            errors[question.key] = MISSING
            continue
        if question.kind in (ONE_CHOICE, CHOICES):
            these = [answer] if isinstance(answer, str) else answer
            chosen.update(int(one) for one in these if one)
        if answer or comment:
            answers[str(question.key)] = {"answer": answer, "comment": comment}
    return answers, errors


def _read(question: Asked, form: Mapping[str, Sequence[str]]) -> tuple[Any, bool]:
    """Return an answer as it is saved, and whether all of it is on the form."""
    name = f"q{question.key}"
    if question.kind == CHOICES:
        return _choices(form.get(name, ()), question.choices)
    if question.kind == MATRIX:
        return _read_matrix(question, form)
    text = _text(form, name)
    if question.kind == ONE_CHOICE:
        found, is_known = _choices([text] if text else (), question.choices)
        return (found[0] if found else ""), is_known
    if question.kind == "scale":
        low, high = question.scale
        return text, not text or text in {str(place) for place in range(low, high + 1)}
    if question.kind == "numerical_box":
        return text, not text or _is_number(text)
    if question.kind == "datetime":
        # browsers write 2026-03-02T10:30
        text = text.replace("T", " ")
        return (f"{text}:00" if text.count(":") == 1 else text), True
    return text, True


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _read_matrix(
    question: Asked, form: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[str]], bool]:
    found: dict[str, list[str]] = {}
    for row in sorted(question.rows):
        these, is_known = _choices(form.get(f"q{question.key}_{row}", ()), question.choices)
        if not is_known or (len(these) > 1 and not question.is_matrix_multiple):
            return {}, False
        if these:
            found[str(row)] = these
    return found, True


def _misses_row(question: Asked, answer: Any) -> bool:
    return question.kind == MATRIX and len(answer) < len(question.rows)


def _choices(given: Sequence[str], known: frozenset[int]) -> tuple[list[str], bool]:
    names = {str(one) for one in known}
    found = list(dict.fromkeys(one for one in given if one))
    return found, all(one in names for one in found)


def _text(form: Mapping[str, Sequence[str]], name: str) -> str:
    given = form.get(name) or [""]
    # some signs no database takes
    text = "".join(sign for sign in given[0] if sign != "\x00" and not "\ud800" <= sign <= "\udfff")
    return text.strip()[:LONGEST]
