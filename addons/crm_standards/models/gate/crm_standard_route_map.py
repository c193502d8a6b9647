from __future__ import annotations

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError

from ...logic import gate as logic
from ...logic.route_map import crowded_stage, draw_ways

#: How many days of the log the map counts.
DAYS = 90


class CrmStandardRouteMap(models.AbstractModel):
    """The process of a sales team as a map: stages, ways between them, where deals wait.

    Nothing of it is drawn by hand: the stages are the team's, the ways come from the standards in
    force and from the log. All figures are of the deals the reader may see.
    """

    _name = "crm.standard.route.map"
    _description = "Route Map of the Process"

    @api.model
    def get_map(self, team_id=None, lead_id=None) -> dict:
        """Return the map of a team's process, or of the process a lead goes through.

        Shape: ``{"days", "teams": [{"id", "name"}], "team": id, "lead": lead, "stages": [stage],
        "edges": [edge], "crowded": id}``; a lead is ``{"id", "name", "stage": id, "path": [ids]}``
        or ``False``; a stage ``{"id", "name", "is_won", "count", "revenue", "late", "rules":
        [{"name", "text", "hint", "strength"}]}``; an edge ``{"from", "to", "verdict", "strength",
        "is_conditional", "moves"}``.

        :param team_id: a sales team; the user's own by default
        :param lead_id: a lead, whose team then counts
        :raise AccessError: the lead or the team is out of the user's reach
        """
        leads = self.env["crm.lead"]
        leads.check_access("read")
        lead = leads.browse(self._to_id(lead_id)).exists()
        lead.check_access("read")
        # pylint: disable=no-search-all; a company has few teams, and each may be drawn
        teams = self.env["crm.team"].search([])
        team = lead.team_id or self._choose_team(self._to_id(team_id), teams)
        sample = lead or leads.new({"team_id": team.id})
        stages = sample._get_standard_stages()
        rules = self._get_rules(team, lead)
        moves = self._count_moves(team)
        waiting = self._count_waiting(team)
        crowded = crowded_stage({stage.id: waiting[stage][0] for stage in waiting})
        return {
            "days": DAYS,
            "teams": [{"id": t.id, "name": t.display_name} for t in teams],
            "team": team.id,
            "lead": self._describe_lead(lead),
            "stages": [self._describe_stage(s, waiting, rules) for s in stages],
            "edges": [self._describe_way(w) for w in draw_ways(stages.ids, rules, moves)],
            "crowded": crowded or False,
            "currency": self.env.company.currency_id.id,
        }

    @api.model
    def _to_id(self, value) -> int:
        """Return an id of the caller's as a number; anything else is no record."""
        return value if isinstance(value, int) and not isinstance(value, bool) else 0

    @api.model
    def _choose_team(self, team_id: int, teams):
        """Return the team to draw: the one asked for, else the user's own, else the first."""
        if team_id and team_id not in teams.ids:
            raise AccessError(self.env._("This sales team is out of your reach."))
        own = self.env.user.sale_team_id & teams
        return teams.browse(team_id) if team_id else own or teams[:1]

    @api.model
    def _get_rules(self, team, lead) -> tuple[logic.Rule, ...]:
        """Return the rules in force for the lead, or for the opportunities of a team."""
        if lead:
            return self.env["crm.standard.gate"]._rules_for(lead.sudo())  # the law is no secret
        company = team.company_id or self.env.company
        subject = logic.Subject(company.id, team.id or None, "opportunity")
        today = self.env.cr.now().date()
        return tuple(
            rule
            for rule in self.env["crm.standard"]._get_rulebook()
            if logic.is_in_scope(rule.scope, subject, today)
        )

    @api.model
    def _count_moves(self, team) -> dict[tuple[int, int], int]:
        """Return how often the team's deals went from one stage to another lately."""
        since = self.env.cr.now() - timedelta(days=DAYS)
        rows = self.env["crm.standard.transition"]._read_group(
            [
                ("team_id", "=", team.id),
                ("date", ">=", since),
                ("stage_from_id", "!=", False),
                ("stage_to_id", "!=", False),
            ],
            ["stage_from_id", "stage_to_id"],
            ["__count"],
        )
        return {(old.id, new.id): count for old, new, count in rows if old != new}

    @api.model
    def _count_waiting(self, team) -> dict:
        """Return number, revenue and late ones of the open deals by stage."""
        rows = self.env["crm.lead"]._read_group(
            [("team_id", "=", team.id), ("won_status", "=", "pending")],
            ["stage_id"],
            ["__count", "expected_revenue:sum"],
        )
        late = dict(
            self.env["crm.standard.violation"]._read_group(
                [("team_id", "=", team.id), ("effect", "=", "late"), ("state", "=", "open")],
                ["stage_to_id"],
                ["lead_id:count_distinct"],
            )
        )
        return {stage: (count, revenue, late.get(stage, 0)) for stage, count, revenue in rows}

    @api.model
    def _describe_lead(self, lead):
        """Return a lead and the stages it went through, oldest first."""
        if not lead:
            return False
        log = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], order="id")
        steps = log.filtered(lambda line: line.stage_to_id != line.stage_from_id)
        return {
            "id": lead.id,
            "name": lead.display_name,
            "stage": lead.stage_id.id,
            "path": [step.stage_to_id.id for step in steps if step.stage_to_id],
        }

    @api.model
    def _describe_way(self, way) -> dict:
        """Return a way between two stages as the screen draws it."""
        return {
            "from": way.source,
            "to": way.target,
            "verdict": way.verdict,
            "strength": way.strength or "",
            "is_conditional": way.is_conditional,
            "moves": way.moves,
        }

    @api.model
    def _describe_stage(self, stage, waiting, rules) -> dict:
        """Return a stage with its figures and the rules that speak of it."""
        count, revenue, late = waiting.get(stage, (0, 0.0, 0))
        speaking = self.env["crm.standard.rule"].sudo()  # what is asked is no secret
        speaking = speaking.browse(rule.id for rule in rules if stage.id in rule.stage_ids)
        return {
            "id": stage.id,
            "name": stage.name,
            "is_won": stage.is_won,
            "count": count,
            "revenue": revenue,
            "late": late,
            "rules": [
                {
                    "id": rule.id,
                    "name": rule.name,
                    "text": rule.requirement,
                    "hint": rule.hint or "",
                    "strength": rule.strength,
                }
                for rule in speaking
            ],
        }
