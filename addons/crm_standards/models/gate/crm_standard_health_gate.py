from __future__ import annotations

from odoo import api, models

from ...logic import route as logic
from ..common.crm_standard_health import Problem


class CrmStandardHealth(models.AbstractModel):
    """Allowed ways that lead nowhere, rules of stages no process has, roles nobody fills."""

    _inherit = "crm.standard.health"

    @api.model
    def _find_problems(self):
        problems = super()._find_problems()
        for standard in self.env["crm.standard"].search([("state", "=", "in_force")]):
            problems += self._find_route_problems(standard)
        return problems + self._find_role_problems()

    @api.model
    def _find_route_problems(self, standard) -> list[Problem]:
        """Return the stages nobody can leave for good, or come to, by a standard's own rules."""
        rules = standard.rule_ids.filtered(lambda rule: rule.strength == "block")
        ways = rules.filtered(lambda rule: rule.kind == "transition" and not rule.problem)
        if not ways:
            return []
        route = logic.merge(
            {stage: frozenset(way.next_stage_ids.ids) for stage in way.stage_ids.ids}
            for way in ways.filtered(lambda rule: not rule.domain)
        )
        begin = rules.filtered(lambda rule: rule.kind == "begin" and not rule.domain).stage_ids
        problems = []
        for stages in self._get_processes(standard):
            starts = (stages & begin) or stages[:1]
            ends = stages.filtered("is_won")
            stuck = logic.dead_ends(route, stages.ids, ends.ids)
            lonely = logic.unreachable(route, stages.ids, starts.ids)
            problems += [
                self._tell_route(standard, stages.browse(stage_id), is_dead_end=True)
                for stage_id in stuck
            ]
            problems += [
                self._tell_route(standard, stages.browse(stage_id), is_dead_end=False)
                for stage_id in lonely
            ]
        return list(dict.fromkeys(problems))

    @api.model
    def _tell_route(self, standard, stage, *, is_dead_end: bool) -> Problem:
        """Return the problem of a stage one cannot get out of, or into."""
        names = {"standard": standard.display_name, "stage": stage.name}
        if is_dead_end:
            text = self.env._(
                "%(standard)s: from “%(stage)s” no allowed way leads to the end of the process."
                " Allow one more next stage.",
                **names,
            )
        else:
            text = self.env._(
                "%(standard)s: no allowed way leads to “%(stage)s”. Allow it as a next stage, or"
                " take it out of the process.",
                **names,
            )
        return Problem(self.env._("Allowed stages"), standard._name, standard.id, text)

    @api.model
    def _get_processes(self, standard) -> list:
        """Return the stages of each process the standard speaks of, in their order."""
        stages = self.env["crm.stage"]
        if not standard.team_ids:
            return [stages.search([("team_ids", "=", False)])]
        return [
            stages.search(["|", ("team_ids", "=", False), ("team_ids", "in", team.ids)])
            for team in standard.team_ids
        ]

    @api.model
    def _find_role_problems(self) -> list[Problem]:
        """Return the rules in force that wait for somebody who is not there."""
        rules = self._search_law("crm.standard.rule").filtered(
            lambda rule: rule.requirement_kind == "approval"
        )
        return [
            Problem(
                self.env._("Rules"),
                rule._name,
                rule.id,
                self.env._(
                    "%(standard)s, %(rule)s: nobody active fills the role “%(role)s”. Name somebody"
                    " in the role.",
                    standard=rule.standard_id.display_name,
                    rule=rule.name,
                    role=rule.role_id.name,
                ),
            )
            for rule in rules
            if rule.role_id.kind == "people" and not rule.role_id.user_ids.filtered("active")
        ]
