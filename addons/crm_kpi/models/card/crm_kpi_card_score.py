from dataclasses import dataclass

from odoo import api, models
from odoo.fields import Domain

from ...logic import judge
from ...logic.judge import LineScore
from ...logic.period import MONTH, period_of
from ..fact.crm_kpi_fact import MONTH_OF_DAY
from ..indicator.crm_kpi_target import AGREED

__all__ = ["CardScore", "LineScore"]

#: By which field of facts and targets somebody is judged; the company is judged by all of them.
WHOSE = {"res.users": "user_id", "crm.team": "team_id", "res.company": None}


@dataclass(frozen=True)
class CardScore:
    """How an employee stands on a scorecard in a period; without one, a team or the company."""

    user_id: int | None
    score: float | None
    zone: str | None
    bonus: float | None
    lines: tuple[LineScore, ...]
    team_id: int | None = None


class CrmKpiCard(models.Model):
    """Scores, drawn from facts and targets at the moment of asking, in a few statements."""

    _inherit = "crm.kpi.card"

    def _get_scores(self, day):
        """Return scores by employee for the period in which a day lies.

        Only of those whose facts the user may see. The number of statements does not depend on
        how many employees or indicators there are.
        """
        self.ensure_one()
        self.check_access("read")
        period = period_of(day, self.period)
        return self._draw_scores(period, self._get_judged_users(period))

    def _get_unit_scores(self, day):
        """Return scores by team, and of the company where it is judged, as far as one may see."""
        self.ensure_one()
        self.check_access("read")
        period = period_of(day, self.period)
        scores = self._draw_scores(period, self._get_visible_teams())
        if self.is_for_company and self._is_seen_whole():
            scores |= self._draw_scores(period, self.company_id)
        return scores

    def _is_seen_whole(self):
        """Say whether the user may see everybody's figures."""
        return self.env.su or self.env.user.has_group("crm_kpi.group_manager")

    def _get_judged_users(self, _period):
        """Hook: return who is judged in a period, as far as the user may see it."""
        return self._get_visible_users()

    def _index_lines(self, standing):
        """Return how each line of the card stands; one that came after the closing says nothing."""
        stood = {line.line_id: line for line in standing.lines}
        nothing = LineScore(0, None, None, 0.0, None, None)
        return {line.id: stood.get(line.id, nothing) for line in self.line_ids}

    def _get_visible_users(self):
        """Hook: return the employees on the card whose score the user may see."""
        people = self.user_ids
        if self._is_seen_whole():
            return people
        own = people & self.env.user
        if self.env.user.has_group("crm_kpi.group_leader"):
            own |= people.filtered(lambda user: user.sale_team_id.user_id == self.env.user)
        return own

    def _get_visible_teams(self):
        """Hook: return the teams on the card whose score the user may see."""
        teams = self.sudo().team_ids  # a name and who leads it, of teams on the card
        if not self._is_seen_whole():
            teams = teams.filtered(lambda team: team.user_id == self.env.user)
        return teams.with_env(self.env)

    def _draw_scores(self, period, subjects):
        """Return scores of subjects of one kind: employees, teams or the company."""
        return self._draw_course([period], subjects)[period]

    def _draw_course(self, periods, subjects):
        """Return scores by period and subject, in hardly more statements than for one period.

        :param periods: of the card's kind, in their order
        """
        if not subjects or not periods:
            return {period: {} for period in periods}
        # sudo: a score is the same for everybody who may see it; of whom, was said before
        card = self.sudo()
        indicators = card.line_ids.indicator_id
        plan = card._make_plan()
        aims = card._find_aims(periods, subjects, indicators)
        values = card._find_values(periods, subjects, indicators)
        return {
            period: {
                subject: card._judge(
                    plan, subject, aims[period].get(subject.id, {}), values[period][subject.id]
                )
                for subject in subjects
            }
            for period in periods
        }

    def _judge(self, plan, subject, aims, values):
        """Return how a subject stands."""
        stands = judge.judge(plan, aims, values)
        return CardScore(
            subject.id if subject._name == "res.users" else None,
            stands.score,
            stands.zone,
            stands.bonus,
            stands.lines,
            subject.id if subject._name == "crm.team" else None,
        )

    def _make_plan(self):
        """Return the scorecard as the rules of judgement take it."""
        self.ensure_one()
        return judge.Plan(
            lines=tuple(
                judge.Line(
                    line.id, line.parent_id.id or None, line.weight, line.indicator_id.code or None
                )
                for line in self.line_ids
            ),
            yellow_from=self.yellow_from,
            green_from=self.green_from,
            bonus_kind=self.bonus_kind,
            rungs=tuple(self._get_rungs()),
        )

    def _find_values(self, periods, subjects, indicators):
        """Hook: return values by period, id of a subject and code of an indicator."""
        by = (WHOSE[subjects._name],) if WHOSE[subjects._name] else ()
        domain = Domain("company_id", "=", self.company_id.id)
        if by:
            domain &= Domain(by[0], "in", subjects.ids)
        keys = [(subject.id,) if by else () for subject in subjects]
        if self.period == MONTH and len(periods) > 1:
            found = indicators._get_values(
                periods[0].first,
                periods[-1].last,
                (*by, MONTH_OF_DAY),
                domain,
                [(*key, period.first) for key in keys for period in periods],
            )
            return self._sort_values(found, periods, subjects, lambda period: (period.first,))
        values = {}
        for period in periods:
            found = indicators._get_values(period.first, period.last, by, domain, keys)
            values |= self._sort_values(found, [period], subjects, lambda _period: ())
        return values

    @api.model
    def _sort_values(self, found, periods, subjects, tell_period):
        """Return values of indicators by period, subject and code; ``tell_period``: its key."""
        is_whole = not WHOSE[subjects._name]

        def sort(period, subject):
            key = (*(() if is_whole else (subject.id,)), *tell_period(period))
            return {indicator.code: values[key] for indicator, values in found.items()}

        return {
            period: {subject.id: sort(period, subject) for subject in subjects}
            for period in periods
        }

    def _find_aims(self, periods, subjects, indicators):
        """Hook: return what is asked, by period, id of a subject and code of an indicator."""
        whose = WHOSE[subjects._name]
        subject_domain = (
            Domain(whose, "in", subjects.ids)
            if whose
            else Domain("user_id", "=", False) & Domain("team_id", "=", False)
        )
        by_day = {period.first: period for period in periods}
        targets = self.env["crm.kpi.target"].search(
            subject_domain
            & Domain("state", "=", AGREED)
            & Domain("indicator_id", "in", indicators.ids)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("period", "=", self.period)
            & Domain("date_from", "in", list(by_day))
        )
        found = {period: {} for period in periods}
        for target in targets:
            subject_id = target[whose].id if whose else target.company_id.id
            aim = judge.Aim(target._get_goal(), target.id, target.weight)
            asked = found[by_day[target.date_from]].setdefault(subject_id, {})
            asked[target.indicator_id.code] = aim
        return found
