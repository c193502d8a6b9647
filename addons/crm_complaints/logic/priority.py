"""How urgent a complaint is: how bad it is for the complainant, and how many or what it touches.

ISO 10002 asks for an initial assessment by severity, safety, complexity and impact. Two of these
a clerk can judge at once; the matrix turns them into one order of work.
"""

from __future__ import annotations

from typing import Final

#: Levels of severity and of impact, from the least.
LEVELS: Final = ("low", "medium", "high", "critical")

#: Priorities, from the least.
PRIORITIES: Final = ("0", "1", "2", "3")

# rows: severity; columns: impact
_MATRIX: Final = (
    (0, 0, 1, 2),
    (0, 1, 2, 2),
    (1, 2, 2, 3),
    (2, 2, 3, 3),
)


def priority(severity: str | None, impact: str | None) -> str:
    """Return the priority of a complaint.

    A level that is not known yet counts as the least: what nobody has judged does not jump the
    queue.

    :param severity: how bad it is for the complainant, one of :data:`LEVELS`
    :param impact: how far it reaches, one of :data:`LEVELS`
    :raise ValueError: for a level that does not exist
    """
    return PRIORITIES[_MATRIX[_rank(severity)][_rank(impact)]]


def _rank(level: str | None) -> int:
    if level is None:
        return 0
    if level not in LEVELS:
        raise ValueError(f"{level!r} is no level")
    return LEVELS.index(level)
