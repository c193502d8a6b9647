from __future__ import annotations

import logging

from odoo import api, models

from ...logic.gate import need_key, split_need

_logger = logging.getLogger(__name__)


class CrmStandardRequirement(models.AbstractModel):
    """What must hold: the lead matches a domain, read from the lead's own values."""

    _inherit = "crm.standard.requirement"

    @api.model
    def _get_needs(self, rule):
        if rule.requirement_kind == "condition":
            return (need_key("condition", rule.condition or "[]"),)
        return super()._get_needs(rule)

    @api.model
    def _get_reads(self, rule):
        if rule.requirement_kind == "condition":
            domain = rule._parse_domain(rule.condition or "[]")
            paths = (leaf.field_expr.split(".")[0] for leaf in domain.iter_conditions())
            return tuple(dict.fromkeys(paths))
        return super()._get_reads(rule)

    @api.model
    def _find_problem(self, rule):
        if rule.requirement_kind == "condition":
            if not rule.condition or rule.condition == "[]":
                return self.env._("say what must hold.")
            return rule._find_domain_problem(rule.condition)
        return super()._find_problem(rule)

    @api.model
    def _is_gathered(self, need):
        return split_need(need)[0] != "condition" and super()._is_gathered(need)

    @api.model
    def _is_met(self, lead, need, stamps):
        kind, text, *_rest = split_need(need)
        if kind != "condition":
            return super()._is_met(lead, need, stamps)
        try:
            domain = self.env["crm.standard.rule"]._parse_condition(text)
            return bool(lead.filtered_domain(domain))
        except (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError) as error:
            # nobody could meet it; the health page names the rule
            _logger.warning("condition %s cannot be evaluated: %s", text, error)
            return True

    @api.model
    def _get_label(self, need):
        kind, text, *_rest = split_need(need)
        if kind != "condition":
            return super()._get_label(need)
        condition = self.env["crm.standard.condition"]._describe(text, "crm.lead")
        return self.env._("make it so that: %(condition)s", condition=condition or text)
