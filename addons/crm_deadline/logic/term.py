"""Terms: how long something may take, as an amount of a unit."""

from dataclasses import dataclass

MINUTE = 60
HOUR = 60 * MINUTE

#: Seconds in one unit; None for units counted in whole days.
UNIT_SECONDS: dict[str, int | None] = {
    "working_minutes": MINUTE,
    "working_hours": HOUR,
    "working_days": None,
    "calendar_minutes": MINUTE,
    "calendar_hours": HOUR,
    "calendar_days": None,
}


@dataclass(frozen=True)
class Term:
    """An amount of working or calendar time.

    ``amount`` is a whole number of ``unit``, at least 1. ``counts_start_day`` matters for units
    of days only: with it the day of the start is the first day, as in Odoo's own
    ``plan_days``; without it counting begins on the following day, as civil law mostly has it.
    """

    amount: int
    unit: str
    counts_start_day: bool = False

    def __post_init__(self) -> None:
        if self.unit not in UNIT_SECONDS:
            raise ValueError(f"unknown unit {self.unit!r}")
        if self.amount < 1:
            raise ValueError("a term is at least one unit long")

    @property
    def is_working(self) -> bool:
        """Whether the term runs in working time only."""
        return self.unit.startswith("working_")

    @property
    def is_days(self) -> bool:
        """Whether the term is counted in whole days (it then ends with a day)."""
        return UNIT_SECONDS[self.unit] is None

    @property
    def size(self) -> int:
        """Length in the unit a schedule measures: days for day terms, otherwise seconds."""
        return self.amount * (UNIT_SECONDS[self.unit] or 1)
