from odoo import fields, models

from ...logic import incident, score
from ...logic.incident import Finding
from ..incident.crm_kpi_watch import COMPANY, FORECAST, PERSON, TEAM


class CrmKpiWatch(models.Model):
    """A warning as soon as a forecast falls below its plan, not when the period is over."""

    _inherit = "crm.kpi.watch"

    funnel_id = fields.Many2one(
        "crm.kpi.funnel",
        ondelete="cascade",
        check_company=True,
        index="btree_not_null",
        help="Empty: all funnels of the company.",
    )

    def _get_findings(self, day):
        if self.kind != FORECAST:
            return super()._get_findings(day)
        return list(self._find_below_plan(day))

    def _find_below_plan(self, day):
        """Yield everybody on the level whose latest forecast is below the plan."""
        funnels = self.funnel_id or self.env["crm.kpi.funnel"].search(
            [("company_id", "=", self.company_id.id)]
        )
        for funnel in funnels.filtered(lambda one: one.indicator_id.direction == score.MORE):
            for forecast in self._get_latest(funnel, day):
                percent = 100.0 * forecast.expected / forecast.plan
                if badness := incident.below(percent, self.limit):
                    yield Finding(
                        badness,
                        forecast.expected,
                        forecast.plan,
                        user_id=forecast.user_id.id or 0,
                        team_id=forecast.team_id.id or 0,
                        indicator_id=funnel.indicator_id.id,
                        since=forecast.date_from,
                        until=forecast.date_to,
                    )

    def _get_latest(self, funnel, day):
        """Return the latest forecasts of the present period on this level, with a plan."""
        domain = [("funnel_id", "=", funnel.id), ("date", "<=", day), ("date_to", ">=", day)]
        latest = self.env["crm.kpi.forecast"].search(domain, order="date desc", limit=1)
        levels = {
            PERSON: [("user_id", "!=", False)],
            TEAM: [("team_id", "!=", False)],
            COMPANY: [("user_id", "=", False), ("team_id", "=", False)],
        }
        return self.env["crm.kpi.forecast"].search(
            [
                *domain,
                ("date", "=", latest.date),
                ("has_plan", "=", True),
                ("plan", ">", 0),
                *levels[self.level],
            ]
        )
