from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import entry as logic


class CrmStandardEntryState(models.AbstractModel):
    """What a contact or an opportunity shows about its data: percent, gaps, and lists by gaps."""

    _name = "crm.standard.entry.state"
    _description = "State of Data Entry"

    entry_completeness = fields.Json(compute="_compute_entry_completeness")
    entry_gap_ids = fields.Many2many(
        "crm.standard.entry",
        string="Gaps in the Data",
        compute="_compute_entry_gap_ids",
        search="_search_entry_gap_ids",
        help="Lines of data-entry standards that the record does not keep.",
    )

    @api.depends(lambda self: self._get_entry_depends())
    @api.depends_context("lang")
    def _compute_entry_completeness(self):
        described = self.env["crm.standard.entry.state"]._describe_entries(self)
        for record in self:
            record.entry_completeness = described[record]

    def _compute_entry_gap_ids(self):
        guard = self.env["crm.standard.entry.guard"]
        gaps = guard._take(self._origin.sudo()).gaps  # what is asked is no secret
        for record in self:
            ids = [gap.line.id for gap in gaps.get(record._origin.id, ())]
            # the lines themselves are read by their own rules
            record.entry_gap_ids = self.env["crm.standard.entry"].browse(ids)

    @api.model
    def _search_entry_gap_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = set(value)
        queries = [
            query
            for population in self.env["crm.standard.entry"]._get_populations(self._name)
            for query in self._search_gaps(population, wanted)
        ]
        if False in wanted:  # “is not set”: no gaps at all
            return [("id", "not in", SQL("(%s)", SQL(" UNION ").join(queries)))] if queries else []
        if not queries:
            return [(0, "=", 1)]
        return [("id", "in", SQL("(%s)", SQL(" UNION ").join(queries)))]

    @api.model
    def _search_gaps(self, population, wanted):
        """Yield the queries of the records that do not keep the wanted lines of a population."""
        # the caller's own search applies the user's rules
        query = self.sudo().with_context(active_test=False)._search(population.domain)
        conditions = []
        for line in population.lines:
            if False in wanted or line.id in wanted:
                filled = self.env["crm.standard.entry"]._is_filled_sql(
                    self, line.field_name, self._table
                )
                conditions.append(SQL("(%s) IS NOT TRUE", filled))
                if line.form.kind != "any":
                    conditions.append(self._has_fault_sql(line.id))
        if conditions:
            self.flush_model([line.field_name for line in population.lines])
            query.add_where(SQL("(%s)", SQL(" OR ").join(conditions)))
            yield query.select()

    @api.model
    def _has_fault_sql(self, line_id: int) -> SQL:
        """Return the condition that a record's value is known to be malformed."""
        faults = self.env["crm.standard.entry.fault"]
        return SQL(
            "EXISTS (SELECT FROM %s AS fault WHERE fault.entry_id = %s AND fault.%s = %s)",
            SQL.identifier(faults._table),
            line_id,
            faults._column(self._name),
            SQL.identifier(self._table, "id"),
        )

    @api.model
    def _get_entry_depends(self):
        """Return the fields after whose change the form asks the server anew.

        Those by which a standard speaks to a record, and those that have a form as a rule. Whether
        any other field is filled in the form sees by itself.
        """
        names = ("is_company", "type", "company_id", "user_id", "team_id", "country_id")
        names += ("email", "email_from", "phone", "vat")
        return [name for name in names if name in self._fields]

    @api.model
    def _describe_entries(self, records) -> dict:
        """Return for each record how complete it is, as the panel on its form shows it.

        Shape: ``{"percent", "lines": [{"id", "name", "label", "weight", "is_required", "strength",
        "guidance", "is_filled", "fault", "faulty_value"}]}``, empty when no line speaks to it.
        """
        # what is asked of a record is no secret to whoever may see it; values of other fields are
        known = records.sudo()
        spoken, malformed = defaultdict(list), set()
        forms = self.env["crm.standard.entry.form"]
        for population in self.env["crm.standard.entry"]._get_populations(records._name):
            members = known.filtered_domain(population.domain)
            for record in members:
                spoken[record] += population.lines
            for line in population.lines:
                malformed |= {(line.id, id_) for id_ in forms._find_malformed(line, members)}
        entries = self._get_entries(line for lines in spoken.values() for line in lines)
        return {
            record: self._describe_record(record, spoken.get(record.sudo(), ()), malformed, entries)
            for record in records
        }

    @api.model
    def _get_entries(self, lines: Iterable[logic.Line]) -> dict:
        """Return the records of lines by their id, to be read together."""
        entries = self.env["crm.standard.entry"].sudo()  # see _describe_entries
        return {entry.id: entry for entry in entries.browse({line.id for line in lines})}

    @api.model
    def _describe_record(self, record, lines, malformed: set, entries: dict) -> dict:
        """Return how complete one record is; see :meth:`_describe_entries`.

        :param malformed: pairs of a line and a record whose value has another form than asked
        """
        if not lines:
            return {}
        filled = self.env["crm.standard.gate"]._filled(record.sudo())  # see _describe_entries
        states = {line.field_name: filled(line.field_name) for line in lines}
        faulty = {line.id for line in lines if (line.id, record.id) in malformed}
        return {
            "percent": logic.completeness(lines, logic.find_gaps(lines, states, faulty)),
            "lines": [
                self._describe_line(
                    record, line, entries[line.id], states[line.field_name], line.id in faulty
                )
                for line in lines
            ],
        }

    @api.model
    def _describe_line(
        self, record, line: logic.Line, entry, is_filled: bool, is_malformed: bool
    ) -> dict:
        """Return one line as the panel shows it."""
        fault = self.env["crm.standard.entry.refusal"]._describe(entry) if is_malformed else ""
        is_shown = fault and record._has_field_access(record._fields[line.field_name], "read")
        return {
            "id": line.id,
            "name": line.field_name,
            "label": entry.name,
            "weight": line.weight,
            "is_required": line.is_required,
            "strength": line.strength,
            "guidance": entry.guidance or "",
            "is_filled": is_filled,
            "fault": fault,
            "faulty_value": record[line.field_name] if is_shown else "",
        }
