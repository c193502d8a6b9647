from odoo import api, models

from ...logic import score
from ...logic.gain import Line, gains, missing

#: So many periods make a trend, so many lines an advice.
TREND, ADVICE = 6, 3


class CrmKpiCard(models.Model):
    """One's own score: where it stands, where it came from, and what would bring most."""

    _inherit = "crm.kpi.card"

    @api.model
    def get_my_score(self, back=0):
        """Return the user's own standing on each scorecard he or she is judged by."""
        back = self._check_back(back)
        return [
            card._tell_own(back) for card in self.search([("user_ids", "in", self.env.user.ids)])
        ]

    def _get_own_course(self, back):
        """Return periods with the user's own scores, up to the one so many periods ago."""
        self.check_access("read")
        periods = [self._get_period(one) for one in range(back + TREND - 1, back - 1, -1)]
        user = self._get_visible_users() & self.env.user
        drawn = self._draw_course(periods, user)
        return [(period, drawn[period][user]) for period in periods]

    def _tell_own(self, back):
        self.ensure_one()
        course = self._get_own_course(back)
        period, standing = course[-1]
        card = self.sudo()  # the own score; what it is counted from is said in words
        lines = card._index_lines(standing)
        return {
            "id": self.id,
            "name": self.name,
            "note": self.note or "",
            "back": back,
            "period": [str(period.first), str(period.last)],
            "currency": card.currency_id.id,
            "score": standing.score,
            "zone": standing.zone,
            "bonus": standing.bonus,
            "zones": [card.yellow_from, card.green_from],
            "rungs": [[rung.score, rung.amount] for rung in card.rung_ids],
            "lines": [card._tell_line(line, lines[line.id]) for line in card.line_ids],
            "advice": card._tell_next(lines),
            "trend": [{"day": str(one.first), "score": stood.score} for one, stood in course],
        }

    def _tell_line(self, line, standing):
        """Hook: return what the page shows of a line."""
        target = self.env["crm.kpi.target"].browse(standing.target_id or ())
        return {
            "id": line.id,
            "name": line.display_name,
            "depth": 1 if line.parent_id else 0,
            "is_perspective": not line.indicator_id,
            "note": line.indicator_id.note or "",
            "unit": line.indicator_id.unit or "",
            "value": standing.value,
            "target": target.target if target else None,
            "is_agreed": bool(target.date_acknowledged),
            "target_id": target.id,
            "weight": standing.weight,
            "score": standing.score,
            "points": standing.points,
            "zone": score.zone(standing.score, self.yellow_from, self.green_from),
        }

    def _tell_next(self, lines):
        """Return the lines that would bring most, and how much is missing to their targets."""
        gained = gains(
            [
                Line(
                    line.id,
                    line.parent_id.id or None,
                    lines[line.id].weight,
                    lines[line.id].score if line.indicator_id else None,
                )
                for line in self.line_ids
            ]
        )
        best = sorted(gained, key=lambda key: (-gained[key], key))[:ADVICE]
        return [self._tell_gain(lines[key], gained[key]) for key in best]

    def _tell_gain(self, standing, points):
        line = self.line_ids.browse(standing.line_id)
        target = self.env["crm.kpi.target"].browse(standing.target_id)
        return {
            "id": line.id,
            "name": line.display_name,
            "unit": line.indicator_id.unit,
            "missing": missing(standing.value, target._get_goal()),
            "points": points,
        }
