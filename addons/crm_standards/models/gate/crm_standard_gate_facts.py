from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date

from odoo import api, models
from odoo.tools import ormcache

from ...logic import gate as logic
from ..register.crm_standard import SCOPE_FIELDS
from .crm_lead_history import SCALARS
from .gate_facts import Facts

_logger = logging.getLogger(__name__)

#: Types of fields whose value is all there is to compare.
SWAYING = SCALARS - {"html"}
#: Operators that look at the value itself, and not at the record behind it.
COMPARISONS = frozenset({"=", "!=", "in", "not in", "<", "<=", ">", ">="})


class CrmStandardGate(models.AbstractModel):
    """What the gate asks before it judges: which rules speak, what is there, where to begin."""

    _inherit = "crm.standard.gate"

    @api.model
    def _rules_for(self, lead) -> tuple[logic.Rule, ...]:
        """Return the rules in force that speak to a lead."""
        rules = self._get_rules_in_scope(
            lead.company_id.id or None,
            lead.team_id.id or None,
            lead.type or "opportunity",
            self.env.cr.now().date(),  # not the user's day: he chooses his time zone
        )
        return tuple(rule for rule in rules if not rule.domain or self._meets(lead, rule))

    @api.model
    @ormcache("company_id", "team_id", "lead_type", "today")
    def _get_rules_in_scope(
        self, company_id: int | None, team_id: int | None, lead_type: str, today: date
    ) -> tuple[logic.Rule, ...]:
        """Return the rules of the standards that speak to such leads, whatever else they ask."""
        subject = logic.Subject(company_id, team_id, lead_type)
        return tuple(
            rule
            for rule in self.env["crm.standard"]._get_rulebook()
            if logic.is_in_scope(rule.scope, subject, today)
        )

    @api.model
    def _get_sway(self, lead) -> tuple | None:
        """Return the values that decide which rules speak to a lead.

        While they stay the same, so do the rules. None if more decides than the lead's own values.
        """
        names = self._get_swaying_fields()
        return None if names is None else tuple(lead[name] for name in names)

    @api.model
    @ormcache()
    def _get_swaying_fields(self) -> tuple[str, ...] | None:
        """Return the fields that scopes and conditions of rules in force look at.

        None if one of them looks further than into plain columns of the lead.
        """
        names, fields = set(SCOPE_FIELDS), self.env["crm.lead"]._fields
        parse = self.env["crm.standard.rule"]._parse_condition
        for domain in {rule.domain for rule in self.env["crm.standard"]._get_rulebook()} - {""}:
            try:
                leaves = list(parse(domain).iter_conditions())
            except (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError):
                return None
            for leaf in leaves:
                field = fields.get(leaf.field_expr)
                is_own = field and field.store and field.type in SWAYING
                if not is_own or field.company_dependent or leaf.operator not in COMPARISONS:
                    return None
                names.add(leaf.field_expr)
        return tuple(sorted(names))

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
