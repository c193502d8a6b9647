"""What the gate notes before a piece of work on leads, and what it thinks of them after."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field

from odoo.models import BaseModel

from ...logic.gate import Finding, Move, Rule, refused
from .gate_facts import Facts

#: What core changes together with the stage, so that a move can be undone completely.
COMPANIONS = (
    "probability",
    "automated_probability",
    "active",
    "date_closed",
    "date_last_stage_update",
)


@dataclass(frozen=True)
class Before:
    """How a lead stood before the work.

    ``companions`` are the values of :data:`COMPANIONS` if the stage is written; ``sway`` what
    decides which rules speak (None: that must be asked anew).

    ``lacking`` is what its stage missed already, and ``kept`` holds the values that a blocking rule
    wants to stay filled. Both are noted as late as possible, since a plain change of stage needs
    neither: before the first write of a field on which they depend (``lacking`` is None till then).
    """

    rules: tuple[Rule, ...]
    stage_id: int | None
    user_id: int | None
    companions: dict
    sway: tuple | None = None
    lacking: tuple[Finding, ...] | None = None
    kept: dict = field(default_factory=dict)


@dataclass(eq=False)
class Watch:
    """A piece of work on some leads, at whose end the gate looks at them.

    ``is_birth`` marks the creation of leads, whose ids are not known beforehand; ``is_touched``
    tells that a stage or an outcome was changed or computed meanwhile. What is known beyond the
    leads' fields (``facts``) is gathered once for before and after.
    """

    lead_ids: frozenset[int] = frozenset()
    is_birth: bool = False
    is_touched: bool = False
    facts: Facts | None = None
    before: dict[int, Before] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """A lead that moved or came under other rules, and what the rules say about it.

    ``was`` and ``now`` are the rules that spoke to it before and after; ``user_id`` was responsible
    for it before; ``overrides`` are granted exceptions, by id of their rule.
    """

    lead: BaseModel
    move: Move
    outcome_from: str | None
    findings: tuple[Finding, ...]
    was: tuple[Rule, ...]
    now: tuple[Rule, ...]
    user_id: int | None
    overrides: dict[int, int] = field(default_factory=dict)

    @property
    def refused(self) -> tuple[Finding, ...]:
        """What stops the lead: nothing when there is an exception for each of it."""
        return () if not refused(self.findings, self.overrides) else refused(self.findings)

    @property
    def is_refused(self) -> bool:
        return bool(self.refused)


#: The pieces of work in progress, the outermost first.
watches: ContextVar[tuple[Watch, ...]] = ContextVar("crm_standards_watches", default=())
