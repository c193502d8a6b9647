"""What the gate knows of some leads beyond their fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from odoo.api import Environment

from ...logic.gate import is_need


class Facts:
    """What is met of the needs of some leads: activities done, documents attached, approvals.

    Gathered in one statement for all leads and all needs, when the first need is asked about; a
    piece of work whose rules ask for fields only costs nothing.
    """

    def __init__(self, env: Environment, lead_ids: Iterable[int]):
        self._source = env["crm.standard.requirement"].sudo()  # the law sees what a user may not
        self._lead_ids = list(lead_ids)
        self._gathered: set[str] = set()
        self._stamps: dict[tuple[str, int], list] = defaultdict(list)

    def filled(self, lead) -> Callable[[str], bool]:
        """Return a function that says of a field or a need whether the lead has it.

        It remembers its answers: ask for a new one when the lead has changed.
        """

        @cache
        def is_there(name: str) -> bool:
            if is_need(name):
                return self._is_met(lead, name)
            return self._source._is_filled(lead, name)

        return is_there

    def _is_met(self, lead, need: str) -> bool:
        if not self._source._is_gathered(need):
            return self._source._is_met(lead, need, ())
        if need not in self._gathered:
            self._gather({need, *self._source._get_rulebook_needs()} - self._gathered)
        stamps = self._stamps.get((need, lead._origin.id), ())
        # most needs are not met or met without further ado
        return bool(stamps) and self._source._is_met(lead, need, stamps)

    def _gather(self, needs: set[str]) -> None:
        self._gathered |= needs
        for need, lead_id, stamp in self._source._gather(needs, self._lead_ids):
            self._stamps[need, lead_id].append(stamp)
