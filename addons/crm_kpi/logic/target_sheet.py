"""Rows of a table of targets: read cell by cell, with what is wrong told by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

INDICATOR, EMPLOYEE, TEAM, FROM, PERIOD = "indicator", "employee", "team", "from", "period"
MINIMUM, TARGET, STRETCH, UPPER = "minimum", "target", "stretch", "upper"
TOLERANCE, WEIGHT = "tolerance", "weight"
#: In the order of the table.
COLUMNS = (INDICATOR, EMPLOYEE, TEAM, FROM, PERIOD, MINIMUM, TARGET, STRETCH, UPPER, TOLERANCE)
COLUMNS += (WEIGHT,)
NUMBERS = (MINIMUM, TARGET, STRETCH, UPPER, TOLERANCE, WEIGHT)
NEEDED = (INDICATOR, FROM, TARGET)
FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
#: What fits into a column of PostgreSQL and into anybody's plan.
MOST = 1e15


class CellError(ValueError):
    """A cell that cannot be read: in which column, and what stands there."""

    def __init__(self, column: str, found: Any) -> None:
        super().__init__(f"{column}: {found!r}")
        self.column = column
        self.found = found


@dataclass(frozen=True)
class Row:
    """A row: words, the day and numbers, None where a cell is empty."""

    words: dict[str, str | None]
    day: date
    numbers: dict[str, float | None]


def is_empty(cells: Sequence[Any]) -> bool:
    """Say whether nothing stands in a row."""
    return all(cell is None or not str(cell).strip() for cell in cells)


def read(cells: Sequence[Any]) -> Row:
    """Return what a row says; a cell that cannot be read raises ``CellError``."""
    known = dict(zip(COLUMNS, [*cells, *[None] * len(COLUMNS)], strict=False))
    for column in NEEDED:
        if is_empty([known[column]]):
            raise CellError(column, "")
    return Row(
        words={column: _word(known[column]) for column in (INDICATOR, EMPLOYEE, TEAM, PERIOD)},
        day=_day(known[FROM]),
        numbers={column: _number(column, known[column]) for column in NUMBERS},
    )


def _word(cell: Any) -> str | None:
    return str(cell).strip() or None if cell is not None else None


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for form in FORMATS:
        try:
            return datetime.strptime(str(cell).strip(), form).date()  # noqa: DTZ007; a day
        except ValueError:
            continue
    raise CellError(FROM, cell)


def _number(column: str, cell: Any) -> float | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool):
        raise CellError(column, cell)
    try:
        # as people write it: 1 250 000,50
        text = str(cell).replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
        number = float(text.replace(",", "."))
    except ValueError:
        raise CellError(column, cell) from None
    if not abs(number) <= MOST:
        raise CellError(column, cell)
    return number
