from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.http import request
from odoo.tools import SQL

from ...logic import safety as logic

KINDS = [
    ("export", "Export"),
    ("read", "Mass Reading"),
    ("reassign", "Change of Responsible"),
    ("archive", "Archiving"),
    ("delete", "Deletion"),
    ("handover", "Hand-over"),
]

#: Settings with what counts when they are missing or no numbers.
LIMITS = {"crm_standards.safety_limit": 100, "crm_standards.safety_read_limit": 5000}
RETENTION = "crm_standards.safety_retention_days"
RETENTION_DAYS = 365
SAMPLE = 10


class CrmStandardSafetyEvent(models.Model):
    """Customers or leads that were taken out, passed on or deleted: who, when, how many.

    Small steps are counted, with nothing but their number; those that reach the limit, alone or
    together within an hour, are described and told to the controller.
    """

    _name = "crm.standard.safety.event"
    _description = "Base Safety Event"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "kind"

    date = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", string="Who", required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    kind = fields.Selection(KINDS, string="What", required=True, readonly=True)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    model_name = fields.Char(string="Of", compute="_compute_model_name")
    record_count = fields.Integer(string="Records", readonly=True, aggregator="sum")
    field_names = fields.Char(string="Fields", readonly=True)
    sample = fields.Char(readonly=True, help="Ids of the first records.")
    handover_id = fields.Many2one(
        "crm.standard.handover",
        string="Hand-over",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    ip_address = fields.Char(string="From Address", readonly=True)
    is_mass = fields.Boolean(string="Mass", readonly=True)
    is_reported = fields.Boolean(string="Reported", readonly=True)
    date_reported = fields.Date(string="Reported on", readonly=True)

    _window_index = models.Index("(user_id, kind, res_model, date)")
    _report_index = models.Index("(id) WHERE is_mass AND is_reported IS NOT TRUE")

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_model_name(self):
        for event in self:
            event.model_name = self.env["ir.model"]._get(event.res_model).name or event.res_model

    @api.model
    def _get_limit(self, name: str = "crm_standards.safety_limit") -> int:
        """Return a limit of the settings; what is no number does not switch the watch off."""
        # sudo: whoever is watched need not read the settings
        value = self.env["ir.config_parameter"].sudo().get_param(name)
        try:
            return int(value)
        except (TypeError, ValueError):
            return LIMITS[name]

    @api.model
    def _is_watched(self) -> bool:
        """Tell whether the one at work is a person: the system's own jobs are not watched."""
        return self.env.uid != SUPERUSER_ID

    @api.model
    def _note(
        self, kind: str, records, field_names: Sequence[str] = (), handover_id: int | None = None
    ) -> None:
        """Note what a person does to records, and tell the controller if it is much.

        Whether many small steps add up is asked of the register itself, so that all workers know.
        """
        count = len(records)
        if not count or not self._is_watched():
            return
        is_mass = not handover_id and logic.is_mass(
            count, self._count_before(kind, records._name), self._get_limit()
        )
        values = self._prepare_event(kind, records._name, count)
        values |= {"is_mass": is_mass, "handover_id": handover_id}
        if is_mass:
            values |= {
                "field_names": ", ".join(field_names),
                "sample": ", ".join(map(str, records.ids[:SAMPLE])),
            }
        self._append(values)

    @api.model
    def _append(self, values: dict) -> None:
        """Write an event; nobody has the right to, and the caller's context has no say in it."""
        self.with_env(self.env(su=True, context={}))._sealed_create([values])
        if values.get("is_mass"):
            cron = self.env.ref("crm_standards.crm_standard_safety_cron_report", False)
            if cron:
                cron.sudo()._trigger()  # sudo: whoever is watched wakes the watch

    @api.model
    def _prepare_event(self, kind: str, model: str, count: int) -> dict:
        """Return the values of an event of the user at work."""
        return {
            "date": self.env.cr.now(),
            "user_id": self.env.uid,
            "company_id": self.env.company.id,
            "kind": kind,
            "res_model": model,
            "record_count": count,
            "ip_address": request.httprequest.remote_addr if request else False,
        }

    @api.model
    def _count_before(self, kind: str, model: str) -> int:
        """Return how many records the user has touched in the same way within the last hour."""
        self.flush_model()
        [(count,)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(record_count), 0) FROM crm_standard_safety_event
                 WHERE user_id = %s AND kind = %s AND res_model = %s AND date > %s
                   AND handover_id IS NULL
                """,
                self.env.uid,
                kind,
                model,
                self.env.cr.now() - timedelta(seconds=logic.WINDOW),
            )
        )
        return count

    @api.autovacuum
    def _gc_small_events(self):
        """Forget small steps after their retention period; mass events stay for ever."""
        # sudo: the register deletes by its own rule only
        days = self.env["ir.config_parameter"].sudo().get_param(RETENTION)
        try:
            days = max(int(days), 1)
        except (TypeError, ValueError):
            days = RETENTION_DAYS
        date = fields.Datetime.now() - timedelta(days=days)
        events = self.search([("is_mass", "=", False), ("date", "<", date)], limit=10_000)
        events._sealed_unlink()
        return len(events), len(events) == 10_000
