from __future__ import annotations

import logging

from odoo import api, models
from odoo.tools import format_amount

from ...logic.gate import need_key, split_need

_logger = logging.getLogger(__name__)

#: How people write the operators of a condition.
SIGNS = {">=": "≥", "<=": "≤", "!=": "≠", "in": "=", "not in": "≠", "ilike": "∋", "like": "∋"}


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
        try:
            domain = self.env["crm.standard.rule"]._parse_domain(text)
            leaves = [self._get_leaf_label(leaf) for leaf in domain.iter_conditions()]
        except (LookupError, SyntaxError, TypeError, ValueError):
            return text
        return self.env._("make it so that: %(condition)s", condition=", ".join(leaves) or text)

    @api.model
    def _get_leaf_label(self, leaf) -> str:
        """Return one comparison as people write it: “Expected Revenue ≥ 1,000”."""
        field = self.env["crm.lead"]._fields[leaf.field_expr.split(".")[0]]
        label = field.get_description(self.env, ["string"])["string"]
        if leaf.value is False or leaf.value in ([False], (False,)):
            if leaf.operator in ("!=", "not in"):
                return self.env._("%(field)s is set", field=label)
            return self.env._("%(field)s is not set", field=label)
        values = leaf.value if isinstance(leaf.value, (list, tuple, set)) else [leaf.value]
        shown = ", ".join(self._get_value_label(field, value) for value in values)
        return f"{label} {SIGNS.get(leaf.operator, leaf.operator)} {shown}"

    @api.model
    def _get_value_label(self, field, value) -> str:
        """Return a value of a field as people read it."""
        if field.relational and isinstance(value, int):
            record = self.env[field.comodel_name].sudo().browse(value)  # what is asked is no secret
            return record.display_name or str(value)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, str(value))
        if field.type == "monetary":
            return format_amount(self.env, value, self.env.company.currency_id)
        return str(value)
