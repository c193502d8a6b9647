from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytz

from odoo import models

from ...logic import forecast
from ...logic.period import DAY, MONTH, Period, period_of, periods, shift
from ..incident.crm_kpi_watch import COMPANY
from ..incident.crm_kpi_watch_find import DIMENSIONS

#: Over so many months it is measured what is usual.
USUAL, SEASONS = 12, 24
CYCLE = "won_cycle"


@dataclass(frozen=True)
class Reference:
    """What is usual in the company, by which everybody's forecast is drawn."""

    period: Period
    day: date
    rates: dict[int, float | None]
    worth: float
    cycle_days: float | None
    seasons: dict[int, float]
    errors: tuple[float | None, float | None]
    passed_days: tuple[date, ...]
    all_days: tuple[date, ...]

    @property
    def days_left(self) -> int:
        return (self.period.last - self.day).days + 1

    @property
    def passed(self) -> float:
        return forecast.weigh(self.passed_days, self.seasons)

    @property
    def whole(self) -> float:
        return forecast.weigh(self.all_days, self.seasons)

    def through(self, step_ids) -> float | None:
        """Return which share of the first step comes through to the last."""
        share = 1.0
        for step_id in step_ids:
            rate = self.rates.get(step_id)
            if rate is None:
                return None
            share *= rate
        return share


class CrmKpiFunnel(models.Model):
    """What is usual: rates, the worth of a sale, its length, seasons, and errors of the past."""

    _inherit = "crm.kpi.funnel"

    def _get_reference(self, day):
        """Return what is usual, from the company's facts of the last 12 months."""
        self.ensure_one()
        period = period_of(day, self.period)
        last = shift(period, self.period, -1).last
        first = next(iter(periods(last - timedelta(days=365), last, MONTH))).first
        domain = [("company_id", "=", self.company_id.id)]
        cycle = self.env["crm.kpi.measure"].search([("code", "=", CYCLE)])
        facts = self.env["crm.kpi.fact"]._get_values(
            self.step_ids.measure_id | cycle, first, last, DIMENSIONS[COMPANY], domain
        )
        usual = {measure: values.get(()) for measure, values in facts.items()}
        days = self._get_working_days(period)
        return Reference(
            period=period,
            day=day,
            rates=self._get_rates(usual),
            worth=self.worth or self._get_usual_worth(usual, first, last, domain),
            cycle_days=usual.get(cycle),
            seasons=self._get_seasons(last, domain),
            errors=self._get_errors(day),
            passed_days=tuple(one for one in days if one < day),
            all_days=tuple(days),
        )

    def _get_rates(self, usual):
        """Return by step which share comes further: as set, or as usual."""
        rates = {}
        steps = list(self.step_ids)
        for step, following in pairwise(steps):
            if step.rate_percent:
                rates[step.id] = step.rate_percent / 100
            else:
                have, come = usual.get(step.measure_id), usual.get(following.measure_id)
                rates[step.id] = come / have if have and come else None
        return rates

    def _get_usual_worth(self, usual, first, last, domain):
        """Return how much of the result one of the last step brought; 0 if nobody knows."""
        values = self.indicator_id._get_values(first, last, (), domain)[self.indicator_id]
        result, count = values.get(()), usual.get(self.step_ids[-1:].measure_id)
        return result / count if result and count else 0.0

    def _get_seasons(self, last, domain):
        """Return by how much each month of the year is above or below the usual one."""
        if not self.has_seasons:
            return forecast.seasons({})
        values = {}
        for back in range(SEASONS):
            month = shift(next(iter(periods(last, last, MONTH))), MONTH, -back)
            found = self.indicator_id._get_values(month.first, month.last, (), domain)
            values[month.first.year, month.first.month] = found[self.indicator_id].get(()) or None
        return forecast.seasons(values)

    def _get_errors(self, day):
        """Return by how many percent each way was wrong, in forecasts of the last year."""
        rows = self.env["crm.kpi.forecast"].search_fetch(
            [
                ("funnel_id", "=", self.id),
                ("is_settled", "=", True),
                ("user_id", "=", False),
                ("team_id", "=", False),
                ("date", ">=", day - timedelta(days=365)),
            ],
            ["by_pace", "by_work", "has_work", "actual"],
        )
        return (
            _mean_error((row.by_pace, row.actual) for row in rows),
            _mean_error((row.by_work, row.actual) for row in rows if row.has_work),
        )

    def _get_working_days(self, period):
        """Hook: return the days of a period on which the company works."""
        days = [one.first for one in periods(period.first, period.last, DAY)]
        calendar = self.company_id.resource_calendar_id
        if not calendar:
            return [one for one in days if one.weekday() < 5]
        zone = pytz.timezone(calendar.tz)
        start, end = (
            zone.localize(datetime.combine(one, time()))
            for one in (period.first, period.last + timedelta(days=1))
        )
        worked = {
            begin.astimezone(zone).date()
            for begin, _end, _line in calendar._work_intervals_batch(start, end)[False]
        }
        return [one for one in days if one in worked]


def _mean_error(pairs):
    """Return the mean error in percent, or None where nothing was settled."""
    found = [100.0 - (forecast.accuracy(expected, actual) or 0.0) for expected, actual in pairs]
    return sum(found) / len(found) if found else None
