from dataclasses import dataclass, replace

from odoo import models
from odoo.fields import Domain

from ...logic import score
from ...logic.period import period_of
from ..indicator.crm_kpi_target import AGREED


@dataclass(frozen=True)
class LineScore:
    """How a line of a scorecard stands: value, target, score and its points of the whole."""

    line_id: int
    value: float | None
    target_id: int | None
    weight: float
    score: float | None
    points: float | None


@dataclass(frozen=True)
class CardScore:
    """How an employee stands on a scorecard in a period."""

    user_id: int
    score: float | None
    zone: str | None
    bonus: float | None
    lines: tuple[LineScore, ...]


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
        users = self._get_visible_users()
        # sudo: a score is the same for everybody who may see it; of whom, was said before
        card = self.sudo()
        indicators = card.line_ids.indicator_id
        values = indicators._get_values(
            period.first,
            period.last,
            ("user_id",),
            [("user_id", "in", users.ids), ("company_id", "=", card.company_id.id)],
            [(user.id,) for user in users],
        )
        targets = card._find_targets(period, users, indicators)
        return {user: card._score(user, values, targets) for user in users}

    def _get_visible_users(self):
        """Hook: return the employees on the card whose score the user may see."""
        people = self.user_ids
        if self.env.su or self.env.user.has_group("crm_kpi.group_manager"):
            return people
        own = people & self.env.user
        if self.env.user.has_group("crm_kpi.group_leader"):
            own |= people.filtered(lambda user: user.sale_team_id.user_id == self.env.user)
        return own

    def _find_targets(self, period, users, indicators):
        """Hook: return targets in force, by ids of employee and indicator."""
        targets = self.env["crm.kpi.target"].search(
            Domain("state", "=", AGREED)
            & Domain("user_id", "in", users.ids)
            & Domain("indicator_id", "in", indicators.ids)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("period", "=", self.period)
            & Domain("date_from", "=", period.first)
        )
        return {(target.user_id.id, target.indicator_id.id): target for target in targets}

    def _score(self, user, values, targets):
        """Return the score of one employee, from what was fetched for all."""
        known = {}
        for line in self.line_ids.filtered("indicator_id"):
            target = targets.get((user.id, line.indicator_id.id))
            value = values[line.indicator_id][(user.id,)]
            known[line.id] = LineScore(
                line.id,
                value,
                target.id if target else None,
                (target and target.weight) or line.weight,
                score.normalize(value, target._get_goal()) if target else None,
                None,
            )
        nodes = self._make_nodes(self.line_ids.browse(), known)
        total = score.total(nodes)
        return CardScore(
            user.id,
            total,
            score.zone(total, self.yellow_from, self.green_from),
            score.bonus(total, self._get_rungs(), self.bonus_kind),
            tuple(self._make_line(share, known) for share in score.shares(nodes)),
        )

    def _make_nodes(self, parent, known):
        """Return the lines below a perspective, as the rules of scores take them."""
        return tuple(
            score.Node(
                line.id,
                known[line.id].weight if line.id in known else line.weight,
                known[line.id].score if line.id in known else None,
                self._make_nodes(line, known),
            )
            for line in self.line_ids
            if line.parent_id == parent
        )

    def _make_line(self, share, known):
        """Return how a line stands, a perspective by what stands below it."""
        if share.key in known:
            return replace(known[share.key], points=share.points)
        weight = self.line_ids.browse(share.key).weight
        return LineScore(share.key, None, None, weight, share.score, share.points)
