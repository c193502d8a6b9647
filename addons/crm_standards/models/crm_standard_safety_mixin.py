from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models

from ..logic.safety import Meter

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
