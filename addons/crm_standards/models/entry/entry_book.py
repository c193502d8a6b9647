"""What the guard of data entry keeps in memory: the lines in force, by whom they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from odoo.fields import Domain

from ...logic.entry import Line

#: What a line speaks of, and where those records live.
MODELS = {"company": "res.partner", "person": "res.partner", "lead": "crm.lead"}

#: Whom a line means before its standard narrows it: customers and their people, neither the
#: company's own staff nor delivery addresses; what is archived is nobody's work any more.
SUBJECTS = {
    "company": [("active", "=", True), ("partner_share", "=", True), ("is_company", "=", True)],
    "person": [
        ("active", "=", True),
        ("partner_share", "=", True),
        ("is_company", "=", False),
        ("type", "=", "contact"),
    ],
    "lead": [("active", "=", True)],
}

#: Kinds of fields that can be empty, that people fill in, and that the database can count.
COUNTABLE = (
    ("store", "=", True),
    ("readonly", "=", False),
    ("company_dependent", "=", False),
    ("translate", "in", [False, "not_translate"]),
    (
        "ttype",
        "in",
        "char text selection many2one many2many date datetime integer float monetary".split(),
    ),
)


@dataclass(frozen=True, slots=True)
class Population:
    """Records that the same lines speak of. Dates are included."""

    model: str
    domain: Domain
    date_from: date | None
    date_to: date | None
    lines: tuple[Line, ...]

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the standard of these lines is in force on a day."""
        return (self.date_from is None or self.date_from <= day) and (
            self.date_to is None or day <= self.date_to
        )
