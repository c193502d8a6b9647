from dataclasses import dataclass

from odoo import models
from odoo.fields import Domain

from ...logic import forecast, funnel
from ...logic.period import Period
from ..incident.crm_kpi_watch import COMPANY, PERSON, TEAM
from ..incident.crm_kpi_watch_find import DIMENSIONS
from ..indicator.crm_kpi_target import AGREED

#: Which targets are those of a level.
SUBJECTS = {
    PERSON: [("user_id", "!=", False)],
    TEAM: [("team_id", "!=", False)],
    COMPANY: [("user_id", "=", False), ("team_id", "=", False)],
}


@dataclass(frozen=True)
class Drawn:
    """How somebody stands in a period, and what to expect."""

    period: Period
    plan: float | None
    done: float | None
    work: forecast.Work | None
    expected: forecast.Expected
    needs: list[funnel.Need]
    passed: float
    days_left: int


class CrmKpiFunnel(models.Model):
    """Drawing the forecast of everybody on a level, in a number of statements that stays."""

    _inherit = "crm.kpi.funnel"

    def _draw(self, level, day, keys=(), reference=None):
        """Return how everybody on a level stands, by ids of the dimensions of the level.

        Figures are drawn from everything: whose they may see decides who calls this.

        :param keys: who has to be there even without a plan, as ``(user.id,)``
        """
        self.ensure_one()
        reference = reference or self._get_reference(day)
        period = reference.period
        names = DIMENSIONS[level]
        domain = [("company_id", "=", self.company_id.id)]
        plans = self._get_plans(level, period)
        keys = {*keys, *plans, *([] if names else [()])}
        values = self.indicator_id._get_values(period.first, day, names, domain, keys)
        steps = self.env["crm.kpi.fact"]._get_values(
            self.step_ids.measure_id, period.first, day, names, domain
        )
        works = self._get_works(level, reference) if self.is_from_leads else {}
        return {
            key: self._draw_one(
                reference,
                plans.get(key),
                values[self.indicator_id].get(key),
                {measure: found.get(key) or 0.0 for measure, found in steps.items()},
                works.get(key, self._make_work(reference)) if self.is_from_leads else None,
            )
            for key in keys
        }

    def _draw_one(self, reference, plan, done, counts, work):
        passed, whole = reference.passed, reference.whole
        share = passed / whole if whole else 0.0
        return Drawn(
            period=reference.period,
            plan=plan,
            done=done,
            work=work,
            expected=forecast.expect(
                done, passed, whole, work, self.coefficient_percent / 100, reference.errors
            ),
            needs=funnel.needs(
                [
                    funnel.Step(
                        step.id, counts.get(step.measure_id, 0.0), reference.rates.get(step.id)
                    )
                    for step in self.step_ids
                ],
                plan,
                reference.worth,
                share,
            ),
            passed=share,
            days_left=reference.days_left,
        )

    def _get_plans(self, level, period):
        """Hook: return what is planned for a period, by ids of the dimensions of the level."""
        names = DIMENSIONS[level]
        targets = self.env["crm.kpi.target"].search(
            [
                ("indicator_id", "=", self.indicator_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", AGREED),
                ("period", "=", self.period),
                ("date_from", "=", period.first),
                *SUBJECTS[level],
            ]
        )
        return {tuple(target[name].id for name in names): target.target for target in targets}

    def _get_works(self, level, reference):
        """Return what is in work, by ids of the dimensions of the level: two statements.

        Opportunities whose closing is expected from today to the end of the period count by their
        probability; those whose closing is overdue do not, until somebody says when. Leads count
        as interests.
        """
        names = DIMENSIONS[level]
        unit = self.indicator_id.unit
        figure = "prorated_revenue:sum" if unit == "money" else "probability:sum"
        leads = self.env["crm.lead"]
        domain = Domain("won_status", "=", "pending") & self.company_id._get_kpi_lead_domain()
        open_ones = Domain(
            [
                ("type", "=", "opportunity"),
                ("date_deadline", ">=", reference.day),
                ("date_deadline", "<=", reference.period.last),
            ]
        )
        worths = {
            tuple(record.id for record in subject): (worth or 0.0) / (1 if unit == "money" else 100)
            for *subject, worth in leads._read_group(domain & open_ones, names, [figure])
        }
        interests = {
            tuple(record.id for record in subject): count
            for *subject, count in leads._read_group(
                domain & Domain("type", "=", "lead"), names, ["__count"]
            )
        }
        return {
            key: self._make_work(reference, worths.get(key) or 0.0, interests.get(key, 0))
            for key in {*worths, *interests}
        }

    def _make_work(self, reference, worth=0.0, interests=0):
        return forecast.Work(
            open_worth=worth,
            interests=interests,
            rate=reference.through(self.step_ids[:-1].ids),
            worth=reference.worth or None,
            days_left=reference.days_left,
            cycle_days=reference.cycle_days,
        )
