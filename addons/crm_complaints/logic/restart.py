"""From when a deadline counts when a case that was answered or had ended goes on.

A promise is given anew each time. The law does not care about our stages: a demand that was never
answered is owed since it was made, however often the case was closed in between. Only an answer
ends a legal term, or the complainant who takes his demand back; whether a renewed demand then
begins the term anew is said by its rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .terms import RESOLUTION, bare, law


@dataclass(frozen=True)
class Ended:
    """The last deadline of a kind, which has ended: its work was done, or it was given up."""

    kind: str
    start: datetime
    is_done: bool


def restart(
    ended: Ended,
    now: datetime,
    *,
    is_withdrawn: bool = False,
    is_renewed: bool = True,
    is_undone: bool = False,
) -> datetime | None:
    """Return from when a deadline of this kind counts again, or ``None`` if it does not.

    :param is_withdrawn: the complainant had taken his complaint back
    :param is_renewed: the rule of law begins anew when an answered demand is made again
    :param is_undone: the case had ended by mistake (a merge that is undone): nothing is new
    """
    is_law = ended.kind == law(bare(ended.kind))
    if not ended.is_done:
        goes_on = is_undone or (is_law and not is_withdrawn)
        return ended.start if goes_on else now
    if bare(ended.kind) != RESOLUTION or is_undone:
        return None
    return now if is_renewed or not is_law else None
