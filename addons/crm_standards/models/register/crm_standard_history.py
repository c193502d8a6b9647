from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from odoo import api, fields, models


class CrmStandardHistory(models.Model):
    """Who changed a standard, a rule or a verdict, when, from what, to what. For ever.

    Core's tracking will not do: a caller can switch it off, and its messages can be deleted.
    """

    _name = "crm.standard.history"
    _description = "History of Standards and Verdicts"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "subject"

    date = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", string="Changed by", required=True, readonly=True)
    standard_id = fields.Many2one(
        "crm.standard", ondelete="set null", readonly=True, index="btree_not_null"
    )
    violation_id = fields.Many2one(
        "crm.standard.violation", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    subject = fields.Char(required=True, readonly=True, help="The name at that moment.")
    what = fields.Char(required=True, readonly=True, help="The field, as its form calls it.")
    old_value = fields.Char(string="Before", readonly=True)
    new_value = fields.Char(string="After", readonly=True)

    @api.model
    @contextmanager
    def _watching(self, records, names: Iterable[str]) -> Iterator[None]:
        """Note what the block changes in these fields of standards, rules or violations."""
        watched = [name for name in names if self._is_watched(records, name)]
        records = records.sudo()  # the history is complete, whatever its author may read
        before = {record.id: self._read_texts(record, watched) for record in records}
        yield
        self._note(records, before)

    @api.model
    def _note(self, records, before: dict[int, dict[str, str]]) -> None:
        """Write a line for each field that differs from ``before``."""
        lines = []
        for record in records:
            after = self._read_texts(record, before[record.id])
            lines += [
                self._prepare_line(record, name, before[record.id][name], after[name])
                for name in after
                if after[name] != before[record.id][name]
            ]
        self._append(lines)

    @api.model
    def _note_event(self, records, old: str, new: str) -> None:
        """Write a line about records as a whole, such as a rule that was added or removed."""
        records = records.sudo()  # the history is complete, whatever its author may read
        self._append([self._prepare_line(record, "name", old, new) for record in records])

    @api.model
    def _append(self, lines: list[dict]) -> None:
        """Write lines; nobody has the right to, and the caller's context has no say in them."""
        if lines := [line for line in lines if line]:
            self.with_env(self.env(su=True, context={}))._sealed_create(lines)

    @api.model
    def _is_watched(self, records, name: str) -> bool:
        """Tell whether changes of a field belong into the history."""
        field = records._fields.get(name)
        return bool(field and field.store and field.type != "one2many" and name != "sequence")

    @api.model
    def _read_texts(self, record, names: Iterable[str]) -> dict[str, str]:
        """Return the fields' values as people read them."""
        texts = {}
        for name in names:
            field, value = record._fields[name], record[name]
            if field.relational:
                texts[name] = ", ".join(value.mapped("display_name"))
            elif field.type == "selection":
                texts[name] = dict(field._description_selection(self.env)).get(value, "")
            else:
                texts[name] = "" if value is False and field.type != "boolean" else str(value)
        return texts

    @api.model
    def _prepare_line(self, record, name: str, old: str, new: str) -> dict:
        """Return the values of a line about one field of a record; nothing about a draft.

        What a draft changes becomes history when it comes into force.
        """
        is_violation = record._name == "crm.standard.violation"
        standard = record if record._name == "crm.standard" else record.standard_id
        if standard.live_id:
            return {}
        return {
            "date": self.env.cr.now(),
            "user_id": self.env.uid,
            "standard_id": standard.id,
            "violation_id": record.id if is_violation else False,
            "company_id": record.company_id.id,
            "subject": record.display_name,
            "what": record._fields[name].get_description(self.env, ["string"])["string"],
            "old_value": old,
            "new_value": new,
        }
