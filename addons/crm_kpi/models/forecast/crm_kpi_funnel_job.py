import logging

import psycopg2

from odoo import api, fields, models

from ..incident.crm_kpi_watch import COMPANY, PERSON, TEAM
from ..incident.crm_kpi_watch_find import DIMENSIONS

_logger = logging.getLogger(__name__)


class CrmKpiFunnel(models.Model):
    """The job: keeps each day's forecast, and compares those whose period is over."""

    _inherit = "crm.kpi.funnel"

    @api.model
    def _cron_forecast(self):
        """Keep what is expected today; what breaks one funnel stops no other."""
        # pylint: disable=no-search-all; a handful of funnels
        funnels = self.sudo().search([])  # sudo: figures do not depend on who starts the job
        self.env["ir.cron"]._commit_progress(remaining=len(funnels))
        for funnel in funnels:
            funnel._try_keep(fields.Date.context_today(self))
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _try_keep(self, day):
        try:
            with self.env.cr.savepoint():
                self._settle(day)
                self._keep(day)
        except psycopg2.extensions.TransactionRollbackError:
            raise
        except Exception as error:  # whatever is wrong with a funnel
            _logger.warning("The funnel %s cannot be drawn: %s", self.name, error)

    def action_forecast(self):
        """Keep today's forecasts now; those that were kept today already stay."""
        self.check_access("write")
        for funnel in self.sudo():  # sudo: as the job does
            day = fields.Date.context_today(self)
            funnel._settle(day)
            funnel._keep(day)
        return True

    def _keep(self, day):
        """Keep what is expected for the company, and for everybody who has a plan."""
        self.ensure_one()
        forecasts = self.env["crm.kpi.forecast"]
        if forecasts.search_count([("funnel_id", "=", self.id), ("date", "=", day)], limit=1):
            return
        reference = self._get_reference(day)
        forecasts._sealed_create(
            [
                self._prepare_forecast(drawn, dict(zip(DIMENSIONS[level], key, strict=True)), day)
                for level in (COMPANY, TEAM, PERSON)
                for key, drawn in self._draw(level, day, reference=reference).items()
                if drawn.expected.value is not None
            ]
        )

    def _prepare_forecast(self, drawn, whose, day):
        """Hook: return the values of a forecast that is kept."""
        expected = drawn.expected
        return {
            **whose,
            "funnel_id": self.id,
            "company_id": self.company_id.id,
            "date": day,
            "date_from": drawn.period.first,
            "date_to": drawn.period.last,
            "done": drawn.done,
            "by_pace": expected.by_pace if expected.by_pace is not None else expected.value,
            "by_work": expected.by_work or 0.0,
            "has_work": expected.by_work is not None,
            "expected": expected.value,
            "plan": drawn.plan or 0.0,
            "has_plan": drawn.plan is not None,
            "is_below": drawn.plan is not None and expected.value < drawn.plan,
        }

    def _settle(self, day):
        """Note what came out of periods that are over, beside what was expected."""
        self.ensure_one()
        waiting = self.env["crm.kpi.forecast"].search(
            [("funnel_id", "=", self.id), ("is_settled", "=", False), ("date_to", "<", day)]
        )
        for level in (COMPANY, TEAM, PERSON):
            names = DIMENSIONS[level]
            own = waiting.filtered(lambda one, lv=level: one._get_level() == lv)
            for (first, last), forecasts in own.grouped(
                lambda one: (one.date_from, one.date_to)
            ).items():
                keys = {tuple(one[name].id for name in names) for one in forecasts}
                values = self.indicator_id._get_values(
                    first, last, names, [("company_id", "=", self.company_id.id)], keys
                )[self.indicator_id]
                for one in forecasts:
                    one._settle_one(values.get(tuple(one[name].id for name in names)))
