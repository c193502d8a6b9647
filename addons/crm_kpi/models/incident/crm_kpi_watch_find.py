from odoo import models
from odoo.fields import Domain

from ...logic import incident
from ...logic.incident import Finding
from ...logic.period import period_of, shift
from .crm_kpi_watch import COMPANY, DEVIATION, PERSON, STAGE, TEAM, TREND, ZONE

#: By which dimensions of facts a level is judged.
DIMENSIONS = {PERSON: ("user_id",), TEAM: ("team_id",), COMPANY: ()}
#: How many periods are one's own history.
HISTORY = 12


class CrmKpiWatch(models.Model):
    """What each kind of rule looks for."""

    _inherit = "crm.kpi.watch"

    def _get_findings(self, day):
        """Hook: return what this rule finds on a day."""
        self.ensure_one()
        finders = {
            ZONE: self._find_zone,
            TREND: self._find_trend,
            DEVIATION: self._find_deviation,
            STAGE: self._find_stage,
        }
        return list(finders[self.kind](day)) if self.kind in finders else []

    def _get_judged(self, day):
        """Return the period that is judged on a day."""
        present = period_of(day, self.period)
        return present if self.is_present else shift(present, self.period, -1)

    def _find_zone(self, day):
        """Yield people whose score on a scorecard is in the red zone."""
        cards = self.card_id or self.env["crm.kpi.card"].search(
            [("company_id", "=", self.company_id.id)]
        )
        for card in cards:
            period = period_of(day, card.period)
            if not self.is_present:
                period = shift(period, card.period, -1)
            for user, standing in card._get_scores(period.first).items():
                if badness := incident.below(standing.score, card.yellow_from):
                    yield Finding(
                        badness,
                        standing.score,
                        card.yellow_from,
                        user_id=user.id,
                        since=period.first,
                        until=period.last,
                        card_id=card.id,
                    )

    def _get_series(self, day, count):
        """Return values of so many periods by subject, the oldest first, the judged one last."""
        judged = self._get_judged(day)
        subjects, series = set(), []
        for back in range(count - 1, -1, -1):
            period = shift(judged, self.period, -back)
            values = self.indicator_id._get_values(
                period.first,
                period.last,
                DIMENSIONS[self.level],
                [("company_id", "=", self.company_id.id)],
            )[self.indicator_id]
            series.append(values)
            subjects |= values.keys()
        return judged, {
            subject: [values.get(subject) for values in series] for subject in sorted(subjects)
        }

    def _find_trend(self, day):
        """Yield subjects whose indicator became worse and worse."""
        judged, series = self._get_series(day, self.steps + 1)
        for subject, values in series.items():
            if badness := incident.trend(values, self.steps, self.indicator_id.direction):
                yield self._make_finding(subject, judged, badness, values[-1], values[0])

    def _find_deviation(self, day):
        """Yield subjects whose indicator is far from their own history."""
        judged, series = self._get_series(day, HISTORY + 1)
        for subject, (*history, value) in series.items():
            if badness := incident.deviation(
                history, value, self.limit, self.indicator_id.direction
            ):
                known = [one for one in history if one is not None]
                yield self._make_finding(subject, judged, badness, value, sum(known) / len(known))

    def _make_finding(self, subject, judged, badness, value, limit):
        whose = dict(zip(DIMENSIONS[self.level], subject, strict=True))
        return Finding(
            badness,
            value,
            limit,
            indicator_id=self.indicator_id.id,
            since=judged.first,
            until=judged.last,
            **whose,
        )

    def _get_open_domain(self):
        """Return which opportunities are counted by stage."""
        return (
            Domain("type", "=", "opportunity")
            & Domain("won_status", "=", "pending")
            & self.company_id._get_kpi_lead_domain()
        )

    def _find_stage(self, day):
        """Yield subjects with too great a share of their open opportunities in one stage."""
        names = DIMENSIONS[self.level]
        counts = {}
        for *subject, stage, count in self.env["crm.lead"]._read_group(
            self._get_open_domain(),
            [*names, "stage_id"],
            ["__count"],
        ):
            key = tuple(record.id for record in subject)
            counts.setdefault(key, {})[stage.id] = count
        for subject, stages in counts.items():
            found = incident.crowded(stages, self.limit, self.least_count)
            if found and all(subject):
                stage, share = found
                whose = dict(zip(names, subject, strict=True))
                badness = incident.above(share, self.limit) or 1.0
                yield Finding(badness, share, self.limit, stage_id=stage, **whose)
