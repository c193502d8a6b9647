from __future__ import annotations

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL


class CrmStandardSafetyEvent(models.Model):
    """How the controller learns of mass events: at once, but once a day for each kind."""

    _inherit = "crm.standard.safety.event"

    @api.model
    def _cron_report(self) -> None:
        """Tell the controllers what was not told yet; two at a time tell it once."""
        commit = self.env["ir.cron"]._commit_progress
        events = self._claim_unreported()
        commit_count = 0
        for (company, kind), group in events.grouped(lambda e: (e.company_id, e.kind)).items():
            if group._is_told_today(company, kind):
                continue  # tomorrow, together with what happens until then
            if controllers := company._get_standard_controllers():
                group._tell(controllers, kind)
                group._sealed_write({"is_reported": True, "date_reported": fields.Date.today()})
                commit_count += len(group)
        commit(commit_count, remaining=0)

    @api.model
    def _claim_unreported(self):
        """Lock and return the mass events that nobody has been told of."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_standard_safety_event
                 WHERE is_mass AND is_reported IS NOT TRUE
              ORDER BY id LIMIT 5000 FOR UPDATE SKIP LOCKED
                """
            )
        )
        return self.browse(event_id for (event_id,) in rows)

    def _is_told_today(self, company, kind: str) -> bool:
        """Tell whether a report about this kind of event has gone out today."""
        return bool(
            self.search_count(
                [
                    ("company_id", "=", company.id),
                    ("kind", "=", kind),
                    ("date_reported", "=", fields.Date.today()),
                ],
                limit=1,
            )
        )

    def _tell(self, controllers, kind: str) -> None:
        """Send one message to each controller about these events of one kind."""
        for controller in controllers:
            events = self.with_context(lang=controller.lang, tz=controller.tz)
            label = dict(self._fields["kind"]._description_selection(events.env))[kind]
            lines = [
                events.env._(
                    "%(date)s, %(user)s: %(count)s records of “%(model)s”",
                    date=fields.Datetime.context_timestamp(events, event.date).strftime("%H:%M"),
                    user=event.user_id.name,
                    count=event.record_count,
                    model=event.model_name,
                )
                for event in events
            ]
            self.env["mail.thread"].message_notify(
                partner_ids=controller.partner_id.ids,
                subject=events.env._("Base safety: %(kind)s", kind=label),
                body=Markup("<p>%s</p>") % Markup("<br/>").join(lines),
            )
