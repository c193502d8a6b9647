from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models

from ...logic.safety import Meter, count_values

_logger = logging.getLogger(__name__)

#: The hand-over that is moving records, which has its own register. A variable of the server
#: process and no context key: callers over RPC choose the context.
_handover: ContextVar[int | None] = ContextVar("crm_standards_handover", default=None)

#: What each person has read in this server process within the last hour.
_meters: dict[tuple[str, int, str], Meter] = {}


@contextmanager
def handing_over(handover_id: int) -> Iterator[None]:
    """Let the records change hands as part of a hand-over, which tells who gave what to whom."""
    token = _handover.set(handover_id)
    try:
        yield
    finally:
        _handover.reset(token)


class CrmStandardSafetyMixin(models.AbstractModel):
    """Records that are worth stealing: taking many of them is noted.

    Whatever door leads there (screen, JSON-2, XML-RPC, a server action) ends in these methods. No
    context key and no sudo switches it off; only the system's own user is not watched.
    """

    _name = "crm.standard.safety.mixin"
    _description = "Watched Against Loss of the Base"

    def export_data(self, fields_to_export):
        result = super().export_data(fields_to_export)
        self._safety_note("export", self, fields_to_export)
        if any("/" in path for path in fields_to_export):
            self._safety_note_paths(self, fields_to_export)
        return result

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        result = super().name_search(name, domain, operator, limit)
        self._safety_meter(len(result))
        return result

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(
        self, domain, grouping_sets, aggregates=(), *args, **read_kwargs
    ):
        result = super().formatted_read_grouping_sets(
            domain, grouping_sets, aggregates, *args, **read_kwargs
        )
        self._safety_meter(sum(map(count_values, result)))
        return result

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), aggregates=(), *args, **read_kwargs):
        result = super().formatted_read_group(domain, groupby, aggregates, *args, **read_kwargs)
        self._safety_meter(count_values(result))
        return result

    def write(self, vals):
        touched = {}
        if "user_id" in vals:
            touched["reassign"] = self._safety_select("user_id", vals["user_id"] or False)
        if "active" in vals and not vals["active"]:
            touched["archive"] = self._safety_select("active", False)
        result = super().write(vals)
        for kind, records in touched.items():
            self._safety_note(kind, records)
        return result

    def unlink(self):
        self._safety_note("delete", self)
        return super().unlink()

    @api.readonly
    def read(self, fields=None, load="_classic_read"):
        result = super().read(fields, load)
        self._safety_meter(len(result))
        return result

    @api.model
    @api.readonly
    def search_read(
        self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs
    ):
        result = super().search_read(domain, fields, offset, limit, order, **read_kwargs)
        self._safety_meter(len(result))
        return result

    @api.model
    def _safety_note_paths(self, records, paths) -> None:
        """Note the watched records that an export of others takes along, such as a tag's contacts.

        :param records: what is exported, of any model
        :param paths: fields as an export has them (``partner_id/email``)
        """
        found = {}
        for path in paths:
            for model, ids in _follow(records, path.split("/")):
                taken, names = found.setdefault(model, (set(), []))
                taken |= ids
                names.append(path)
        for model, (ids, names) in found.items():
            self.env[model]._safety_note("export", self.env[model].browse(ids), names)

    def _safety_select(self, name: str, value):
        """Return the records whose field will change, of which nothing need be readable."""
        # sudo: what is changed without a right to read is changed all the same
        field = self._fields[name]
        return self.filtered(
            lambda record: field.convert_to_write(record.sudo()[name], record) != value
        )

    def _safety_note(self, kind: str, records, field_names=()) -> None:
        """Note what happens to the records."""
        events = self.env["crm.standard.safety.event"]
        handover_id = _handover.get()
        events._note("handover" if handover_id else kind, records, field_names, handover_id)

    def _safety_meter(self, count: int) -> None:
        """Add up what is read; costs no query until it is very much.

        Each server process counts for itself. Internal code that reads in sudo is not counted.
        """
        events = self.env["crm.standard.safety.event"]
        if not count or self.env.su or not events._is_watched():
            return
        meter = _meters.setdefault((self.env.cr.dbname, self.env.uid, self._name), Meter())
        limit = events._get_limit("crm_standards.safety_read_limit")
        total = meter.add(time.monotonic(), count, limit)
        if not total:
            return
        values = {**events._prepare_event("read", self._name, total), "is_mass": True}
        if self.env.cr.readonly:
            self._safety_append_later(values)
        else:
            events._append(values)

    def _safety_append_later(self, values: dict) -> None:
        """Write an event when the reading is over: its connection cannot write (see replicas)."""
        registry, uid = self.env.registry, self.env.uid

        def append():
            try:
                with registry.cursor() as cr:
                    env = api.Environment(cr, uid, {})
                    env["crm.standard.safety.event"]._append(values)
            except Exception:  # who reads has got his answer; what is lost is in the server's log
                _logger.exception("mass reading could not be noted: %s", values)

        self.env.cr.postcommit.add(append)


def _follow(records, names: list[str]) -> Iterator[tuple[str, set[int]]]:
    """Yield model and ids of the watched records on the way of a path, the first left out.

    The bare id of a record tells nothing of it.
    """
    for at, name in enumerate(names[:-1], start=1):
        field = records._fields.get(name)
        if field is None or not field.relational:
            return
        records = records[name]
        if hasattr(records, "_safety_note") and names[at] not in ("id", ".id"):
            yield records._name, set(records.ids)
