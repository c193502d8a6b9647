from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from odoo import api, models

from .version_watch import touching


class CrmStandardNamed(models.AbstractModel):
    """What parts of standards name, and what decides what they mean: a checklist, a deadline.

    A rule that asks for a checklist says as much as the steps say. Inherit this on a model that
    parts name, and what its records say becomes a part of every version (see
    ``crm.standard._get_named``), and cannot be changed past the approval.
    """

    _name = "crm.standard.named"
    _description = "Named by Standards"

    def write(self, vals):
        if vals.keys().isdisjoint(self._get_standard_fields()):
            return super().write(vals)
        with self._telling_standards():
            return super().write(vals)

    @api.model
    def _get_standard_fields(self) -> Iterable[str]:
        """Hook: return the fields that decide what a standard means that names such a record."""
        return []

    def _get_standard_words(self) -> str:
        """Hook: return what the record says, as text for people in the context's language."""
        self.ensure_one()
        return self.display_name

    @contextmanager
    def _telling_standards(self) -> Iterator[None]:
        """Let standards that name these records follow what the block changes, or refuse it."""
        parts = self._find_standard_parts()
        standards = self.env["crm.standard"].union(*(each.standard_id for each in parts))
        before = self._get_standard_values()
        with touching(standards):
            yield
            if self._get_standard_values() != before:
                for each in parts:
                    each.filtered(lambda part: part.standard_id.state == "in_force")._restart()

    def _get_standard_values(self) -> dict[int, dict[str, Any]]:
        """Return what the records say as plain values, by id."""
        # what a standard says does not depend on who changes it
        records = self.with_env(self.env(su=True, context={"active_test": False}))
        get_values = self.env["crm.standard"]._get_values
        names = list(self._get_standard_fields())
        return {record.id: get_values(record, names) for record in records}

    def _find_standard_parts(self) -> list:
        """Return the parts of standards and of drafts that name these records, by model."""
        # sudo: standards follow, whoever changes what they name
        standards = self.env["crm.standard"].sudo()
        found = []
        for name in standards._get_part_names():
            parts = self.env[standards._fields[name].comodel_name].sudo()
            names = parts._get_named_fields(self._name)
            found += [parts.search([(field_name, "in", self.ids)]) for field_name in names]
        return [parts for parts in found if parts]
