"""What the gate and the sweeps hand to the register of violations."""

from __future__ import annotations

from typing import NamedTuple


class Breach(NamedTuple):
    """A rule that was not kept by a lead, to be entered in the register.

    ``effect`` is one of the field's values; ``missing`` are field names of the lead; ``user_id``
    was responsible for the lead when it happened.
    """

    rule_id: int
    lead_id: int
    stage_from_id: int | None
    stage_to_id: int | None
    missing: tuple[str, ...]
    effect: str
    user_id: int | None = None
