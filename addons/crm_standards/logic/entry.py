"""The data-entry standard: how complete is a record, and what did somebody just spoil?

Plain functions over plain values. The caller says what the fields of a record hold and which of
them are in a wrong form where only a library can tell (e-mail, phone, tax id, pattern).

Words used throughout: a *line* of a standard speaks of one field of a record; a *gap* is a line
that a record does not keep, because the field is empty (*missing*) or holds something in another
form than asked (*malformed*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

FormKind = Literal["any", "email", "phone", "tax_id", "length", "choice", "pattern"]
GapKind = Literal["missing", "malformed"]

#: Nothing that belongs into one field is longer; so much of it is compared with a pattern.
PATTERN_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Form:
    """In what form a field should be filled in. ``max_length`` 0 means no limit."""

    kind: FormKind = "any"
    min_length: int = 0
    max_length: int = 0
    choices: frozenset[str] = frozenset()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a data-entry standard, as the guard needs it.

    A field that is only wished for may stay empty; it counts in the percentage all the same.
    """

    id: int
    field_name: str
    weight: int = 1
    is_required: bool = True
    strength: Literal["advise", "record", "block"] = "advise"
    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True)
class Gap:
    """A line that a record does not keep."""

    line: Line
    kind: GapKind


def fold(text: str) -> str:
    """Return text as people compare it: without blanks around it, in one case.

    >>> fold("  Москва ") == fold("МОСКВА")
    True
    """
    return " ".join(text.split()).casefold()


def parse_choices(text: str) -> frozenset[str]:
    """Return the allowed values, one a line, as :func:`fold` gives them."""
    return frozenset(choice for line in text.splitlines() if (choice := fold(line)))


def fits(form: Form, text: str) -> bool:
    """Tell whether a text has the form asked, as far as no library is needed for it.

    >>> fits(Form("length", min_length=2, max_length=3), "abcd")
    False
    """
    if form.kind == "length":
        size = len(text.strip())
        return size >= form.min_length and (not form.max_length or size <= form.max_length)
    if form.kind == "choice":
        return fold(text) in form.choices
    if form.kind == "pattern":
        return len(text.strip()) <= PATTERN_LIMIT
    return True


def find_gaps(
    lines: Iterable[Line], filled: Mapping[str, bool], malformed: Iterable[int]
) -> tuple[Gap, ...]:
    """Return the gaps of a record, in the order of the lines.

    :param filled: by name of a field, whether it says something
    :param malformed: ids of the lines whose form the present value does not have
    """
    bad = frozenset(malformed)
    gaps = []
    for line in lines:
        if not filled[line.field_name]:
            gaps.append(Gap(line, "missing"))
        elif line.id in bad:
            gaps.append(Gap(line, "malformed"))
    return tuple(gaps)


def completeness(lines: Iterable[Line], gaps: Iterable[Gap]) -> int | None:
    """Return the weighted share of lines that are kept, in whole percent; None without lines.

    Rounded down, and never to 0 while something is kept: 100 means complete and nothing else,
    0 means empty and nothing else.
    """
    weights = {line.id: line.weight for line in lines}
    total = sum(weights.values())
    if not total:
        return None
    kept = total - sum(weights[gap.line.id] for gap in gaps)
    return max(100 * kept // total, 1) if kept else 0


def fresh_gaps(
    before: Iterable[Gap], after: Iterable[Gap], changed: Iterable[int]
) -> tuple[Gap, ...]:
    """Return the gaps somebody has just made.

    What was missing already is nobody's deed now: an old gap must not stop unrelated work. A wrong
    form is a deed of whoever wrote the value, also where another wrong one stood there.

    :param changed: ids of the lines whose field has another value now, or that speak only now
    """
    missing = {gap.line.id for gap in before if gap.kind == "missing"}
    touched = frozenset(changed)
    return tuple(
        gap
        for gap in after
        if gap.line.id in touched and not (gap.kind == "missing" and gap.line.id in missing)
    )


def demanded(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the gaps that break a standard: what is only wished for may be missing."""
    return tuple(gap for gap in gaps if gap.kind == "malformed" or gap.line.is_required)


def refused(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the gaps that a person may not leave behind."""
    return tuple(gap for gap in demanded(gaps) if gap.line.strength == "block")


def recorded(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the gaps that go on record when they happen all the same."""
    return tuple(gap for gap in demanded(gaps) if gap.line.strength != "advise")
