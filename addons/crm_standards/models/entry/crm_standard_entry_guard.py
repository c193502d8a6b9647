"""The shell around ``logic.entry``: what did this piece of work do to the data?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import ValidationError

from ... import origin
from ...logic import entry as logic
from .crm_standard_entry_breach import EntryBreach

#: Contacts made for the company's own people and branches are no customers.
_own_people: ContextVar[bool] = ContextVar("crm_standards_own_people", default=False)


@contextmanager
def own_people() -> Iterator[None]:
    """Run the block as the making of users and companies: their contacts are no customers."""
    token = _own_people.set(True)
    try:
        yield
    finally:
        _own_people.reset(token)


@dataclass
class Look:
    """How records keep the lines that speak to them; all by id of the record, then of the line.

    ``values`` are compared later, to see what was changed.
    """

    lines: dict[int, tuple[logic.Line, ...]] = field(default_factory=dict)
    values: dict[int, dict[int, object]] = field(default_factory=dict)
    gaps: dict[int, tuple[logic.Gap, ...]] = field(default_factory=dict)


class CrmStandardEntryGuard(models.AbstractModel):
    """The one place that judges what is entered into contacts and opportunities.

    Standards hold on every path: a person is refused where a line blocks; where nobody is at the
    screen the record is kept, and the gap goes on record. What was missing before is nobody's deed
    now. Statements are constant for a batch, however many records and lines.
    """

    _name = "crm.standard.entry.guard"
    _description = "Guard of Data Entry"

    @api.model
    def _look(self, records, vals: dict) -> Look | None:
        """Note how records stand before ``vals`` are written; None if no line cares."""
        watched = self.env["crm.standard.entry"]._get_watched_fields(records._name)
        if watched.isdisjoint(vals):
            return None
        return self._take(records.sudo())  # the law applies also where the user may not look

    @api.model
    def _welcome(self, records) -> None:
        """Judge new records.

        :raise ValidationError: a person leaves out what a blocking line asks
        """
        if _own_people.get() or not any(
            self.env["crm.standard.entry"]._get_populations(records._name)
        ):
            return
        # code that works in sudo on somebody's behalf must not lose what it takes in
        is_elevated = self.env.su and origin.origin_of(self.env) == origin.PERSON
        with origin.unattended(origin.SYSTEM) if is_elevated else nullcontext():
            self._settle(records, Look())

    @api.model
    def _settle(self, records, before: Look) -> None:
        """Judge what became of records, keep what was found out, and note what was put right.

        :raise ValidationError: a person has made a gap that a blocking line forbids
        """
        records = records.sudo()  # the law applies also where the user may not look
        now = self._take(records, before)
        fresh = {}
        for record in records:
            changed = self._find_changed(before, now, record.id)
            gaps = logic.fresh_gaps(
                before.gaps.get(record.id, ()), now.gaps.get(record.id, ()), changed
            )
            if gaps:
                fresh[record] = gaps
        came_by = origin.origin_of(self.env)
        stopping = {rec: found for rec, gaps in fresh.items() if (found := logic.refused(gaps))}
        if stopping and came_by == origin.PERSON:
            raise ValidationError(self.env["crm.standard.entry.refusal"]._explain(stopping))
        self._keep_faults(records, before, now)
        register = self.env["crm.standard.entry.breach"]
        if closed := self._find_closed(before, now):
            register._cure(records._name, closed)
        breaches = [
            EntryBreach(gap.line.id, record, gap.kind)
            for record, gaps in fresh.items()
            for gap in logic.recorded(gaps)
        ]
        if breaches:
            register._record(breaches, came_by)

    @api.model
    def _take(self, records, before: Look | None = None) -> Look:
        """Look at records. Forms of values that were not changed since are not checked anew."""
        look, lines = Look(), {}
        for population in self.env["crm.standard.entry"]._get_populations(records._name):
            for record in records.filtered_domain(population.domain):
                look.lines[record.id] = (*look.lines.get(record.id, ()), *population.lines)
            lines |= {line.id: line for line in population.lines}
        for record in records:
            look.values[record.id] = {
                line.id: record[line.field_name] for line in look.lines.get(record.id, ())
            }
        malformed: dict[int, set[int]] = {}
        for line_id, record_id in self._find_malformed(records, look, lines, before):
            malformed.setdefault(record_id, set()).add(line_id)
        for record in records:
            filled = self.env["crm.standard.gate"]._filled(record)
            mine = look.lines.get(record.id, ())
            states = {line.field_name: filled(line.field_name) for line in mine}
            look.gaps[record.id] = logic.find_gaps(mine, states, malformed.get(record.id, ()))
        return look

    @api.model
    def _find_malformed(self, records, look: Look, lines: dict, before: Look | None) -> set:
        """Return the pairs of line and record whose value has not the form asked."""
        formed = [line for line in lines.values() if line.form.kind != "any"]
        if not formed:
            return set()
        known = self.env["crm.standard.entry.fault"]._find(
            records._name, [line.id for line in formed], records.ids
        )
        if before is None:
            return known
        forms, found = self.env["crm.standard.entry.form"], set()
        for line in formed:
            changed = records.filtered(
                lambda record, line=line: line.id in self._find_changed(before, look, record.id)
            )
            found |= {(line.id, id_) for id_ in forms._find_malformed(line, changed)}
            fresh = set(changed._ids)
            found |= {pair for pair in known if pair[0] == line.id and pair[1] not in fresh}
        return found

    @api.model
    def _find_changed(self, before: Look, now: Look, record_id: int) -> set[int]:
        """Return the lines whose value is another now, or that speak to the record only now."""
        was = before.values.get(record_id, {})
        return {
            line_id
            for line_id, value in now.values.get(record_id, {}).items()
            if line_id not in was or was[line_id] != value
        }

    @api.model
    def _keep_faults(self, records, before: Look, now: Look) -> None:
        """Keep which values are malformed, for the reports."""
        looked, bad = set(), set()
        for record in records:
            gaps = {gap.line.id for gap in now.gaps[record.id] if gap.kind == "malformed"}
            for line in now.lines.get(record.id, ()):
                if line.form.kind != "any":
                    looked.add((line.id, record.id))
                    if line.id in gaps:
                        bad.add((line.id, record.id))
        if looked:
            self.env["crm.standard.entry.fault"]._settle(records._name, looked, bad)

    @api.model
    def _find_closed(self, before: Look, now: Look) -> set[tuple[int, int]]:
        """Return the pairs of line and record where a gap was closed."""
        return {
            (gap.line.id, record_id)
            for record_id, gaps in before.gaps.items()
            for gap in gaps
            if gap.line.id not in {other.line.id for other in now.gaps.get(record_id, ())}
        }
