from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from odoo import api, models

from ..logic import gate as logic
from .gate_facts import Facts

_logger = logging.getLogger(__name__)


class CrmStandardGate(models.AbstractModel):
    """What the gate asks before it judges: which rules speak, what is there, where to begin."""

    _inherit = "crm.standard.gate"

    @api.model
    def _rules_for(self, lead) -> tuple[logic.Rule, ...]:
        """Return the rules in force that speak to a lead."""
        today = self.env.cr.now().date()  # not the user's day: he chooses his time zone
        subject = logic.Subject(
            lead.company_id.id or None, lead.team_id.id or None, lead.type or "opportunity"
        )
        speaking, known = [], {}
        for rule in self.env["crm.standard"]._get_rulebook():
            scope = id(rule.scope)  # the rules of a standard share it: asked once for all of them
            if scope not in known:
                known[scope] = logic.is_in_scope(rule.scope, subject, today)
            if known[scope] and self._meets(lead, rule):
                speaking.append(rule)
        return tuple(speaking)

    @api.model
    def _meets(self, lead, rule: logic.Rule) -> bool:
        """Tell whether a lead fulfils the condition of a rule.

        A condition that cannot be evaluated speaks to nobody: one broken rule must not stop the
        work of all. It is logged for the administrator.
        """
        if not rule.domain:
            return True
        try:
            domain = self.env["crm.standard.rule"]._parse_condition(rule.domain)
            return bool(lead.filtered_domain(domain))
        except (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError) as error:
            _logger.warning("rule %s: condition %s fails: %s", rule.id, rule.domain, error)
            return False

    @api.model
    def _filled(self, lead) -> Callable[[str], bool]:
        """Return a function that says of a field or a need whether one lead has it.

        For many leads use :class:`~.gate_facts.Facts`, which asks the database once.
        """
        return Facts(self.env, lead._origin.ids).filled(lead)

    @api.model
    def _find_birth_stage(self, lead, facts: Facts) -> int | None:
        """Return the stage in which a lead that came by a machine may stand."""
        process = lead._get_standard_stages()
        wanted = lead.stage_id
        lower = process.filtered(
            lambda stage: (
                (stage.sequence, stage.id) <= (wanted.sequence, wanted.id)
                and (stage == wanted or not (stage.is_won or stage.fold))
            )
        )
        stages = lower or process[:1]
        return logic.lawful_birth_stage(self._rules_for(lead), stages.ids, facts.filled(lead))

    @api.model
    def _get_field_labels(self, names: Iterable[str]) -> list[str]:
        """Return what is missing in the user's language: labels of fields, and what to do."""
        return self.env["crm.standard.requirement"]._get_labels(names)
