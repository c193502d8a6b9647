from dataclasses import dataclass

from odoo import models
from odoo.fields import Domain

from ...logic import judge
from ...logic.judge import LineScore
from ...logic.period import period_of
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
        return self._draw_scores(period_of(day, self.period), self._get_visible_users())

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
        if not subjects:
            return {}
        # sudo: a score is the same for everybody who may see it; of whom, was said before
        card = self.sudo()
        indicators = card.line_ids.indicator_id
        plan = card._make_plan()
        aims = card._find_aims(period, subjects, indicators)
        values = card._find_values(period, subjects, indicators)
        found = {}
        for subject in subjects:
            stands = judge.judge(plan, aims.get(subject.id, {}), values[subject.id])
            found[subject] = CardScore(
                subject.id if subject._name == "res.users" else None,
                stands.score,
                stands.zone,
                stands.bonus,
                stands.lines,
                subject.id if subject._name == "crm.team" else None,
            )
        return found

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

    def _find_values(self, period, subjects, indicators):
        """Hook: return values by id of a subject and code of an indicator."""
        whose = WHOSE[subjects._name]
        domain = Domain("company_id", "=", self.company_id.id)
        if whose:
            domain &= Domain(whose, "in", subjects.ids)
        values = indicators._get_values(
            period.first,
            period.last,
            (whose,) if whose else (),
            domain,
            [(subject.id,) for subject in subjects] if whose else [()],
        )
        return {
            subject.id: {
                indicator.code: values[indicator][(subject.id,) if whose else ()]
                for indicator in indicators
            }
            for subject in subjects
        }

    def _find_aims(self, period, subjects, indicators):
        """Hook: return what is asked, by id of a subject and code of an indicator."""
        whose = WHOSE[subjects._name]
        subject_domain = (
            Domain(whose, "in", subjects.ids)
            if whose
            else Domain("user_id", "=", False) & Domain("team_id", "=", False)
        )
        targets = self.env["crm.kpi.target"].search(
            subject_domain
            & Domain("state", "=", AGREED)
            & Domain("indicator_id", "in", indicators.ids)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("period", "=", self.period)
            & Domain("date_from", "=", period.first)
        )
        found = {}
        for target in targets:
            subject_id = target[whose].id if whose else target.company_id.id
            aim = judge.Aim(target._get_goal(), target.id, target.weight)
            found.setdefault(subject_id, {})[target.indicator_id.code] = aim
        return found
