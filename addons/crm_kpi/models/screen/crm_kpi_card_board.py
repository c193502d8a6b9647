from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import score
from ...logic.period import period_of, shift
from ..words import tell_period

#: So many periods back may be looked at: five years of months.
MOST_BACK = 60


class CrmKpiCard(models.Model):
    """The board: how everybody stands whom the user may see, by team, the best first.

    The same answer serves the screen, the wall, the spreadsheet and BI over the API.
    """

    _inherit = "crm.kpi.card"

    @api.model
    def get_board(self, card_id=False, back=0):
        """Return a scorecard's standing.

        :param card_id: the first one the user may see, if it is not said
        :param back: how many periods ago; 0 is the present one
        """
        # pylint: disable=no-search-all; a handful of scorecards, all are offered
        cards = self.search([])
        card = cards.filtered(lambda one: one.id == card_id) if card_id else cards[:1]
        if card_id and not card:
            raise UserError(
                self.env._("There is no such scorecard, or you may not see it. Choose another one.")
            )
        return {
            "cards": [{"id": one.id, "name": one.name} for one in cards],
            "board": card._tell_board(self._check_back(back)) if card else None,
        }

    @api.model
    def _check_back(self, back):
        """Return how many periods ago, whatever came over the API."""
        if isinstance(back, bool) or not isinstance(back, int) or not 0 <= back <= MOST_BACK:
            raise UserError(
                self.env._("Choose a period from 0 to %(most)s periods ago.", most=MOST_BACK)
            )
        return back

    def _get_period(self, back=0):
        """Return the period so many periods ago."""
        self.ensure_one()
        present = period_of(fields.Date.context_today(self), self.period)
        return shift(present, self.period, -back)

    def _tell_board(self, back):
        """Return the standing of a period: its lines, teams and people."""
        self.ensure_one()
        period = self._get_period(back)
        scores = self._get_scores(period.first)
        card = self.sudo()  # whose scores were drawn was decided there; these are words for them
        leaves = card.line_ids.filtered("indicator_id")
        rows = [
            card._tell_person(user.sudo(), standing, leaves)  # sudo: names and teams
            for user, standing in scores.items()
        ]
        rows.sort(key=lambda row: (row["score"] is None, -(row["score"] or 0), row["name"]))
        teams = {row["team"] for row in rows}
        return {
            "card": self.id,
            "name": self.name,
            "back": back,
            "period": [str(period.first), str(period.last)],
            "period_name": tell_period(self.env, period.first, period.last),
            "currency": card.currency_id.id,
            "lines": [{"id": line.id, "name": line.display_name} for line in leaves],
            "total": self._tell_total(rows),
            "teams": [
                {
                    "name": team,
                    **self._tell_total([row for row in rows if row["team"] == team]),
                    "rows": [row for row in rows if row["team"] == team],
                }
                for team in sorted(teams, key=lambda name: (not name, name))
            ],
        }

    def _tell_person(self, user, standing, leaves):
        """Hook: return what the board shows of one employee."""
        lines = self._index_lines(standing)
        return {
            "id": user.id,
            "name": user.name,
            "team": user.sale_team_id.name or "",
            "score": standing.score,
            "zone": standing.zone,
            "bonus": standing.bonus,
            "lines": [
                {
                    "id": leaf.id,
                    "score": lines[leaf.id].score,
                    "value": lines[leaf.id].value,
                    "zone": score.zone(lines[leaf.id].score, self.yellow_from, self.green_from),
                }
                for leaf in leaves
            ],
        }

    @api.model
    def _tell_total(self, rows):
        """Return the mean score of rows, and how many are in which zone."""
        known = [row["score"] for row in rows if row["score"] is not None]
        return {
            "mean": sum(known) / len(known) if known else None,
            "zones": {
                zone: sum(row["zone"] == zone for row in rows)
                for zone in (score.GREEN, score.YELLOW, score.RED)
            },
        }
