from __future__ import annotations

from collections.abc import Collection

from odoo import api, models
from odoo.tools import format_amount

from ...logic import condition as logic

#: How people write the operators that compare sizes.
SIGNS = {"=": "=", "!=": "≠", ">": ">", ">=": "≥", "<": "<", "<=": "≤"}


class CrmStandardCondition(models.AbstractModel):
    """Conditions as people read them: labels instead of names, names instead of numbers."""

    _name = "crm.standard.condition"
    _description = "Conditions in Words"

    @api.model
    def _describe(self, text: str | bool, model: str) -> str:
        """Return a condition on a model in one sentence of the user's language.

        One that cannot be understood is returned as it is: the health page names it.
        """
        if not text or text == "[]":
            return ""
        try:
            domain = self.env["crm.standard.rule"]._parse_domain(text)
            return self._say(domain, model)
        except (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError):
            return text

    @api.model
    def _say(self, domain, model: str) -> str:
        """Return a domain in words."""
        words = logic.Words(
            self.env._("and"),
            self.env._("or"),
            lambda text: self.env._("not %(condition)s", condition=text),
        )
        return logic.say(domain, lambda leaf: self._say_leaf(model, *leaf), words)

    @api.model
    def _say_leaf(self, model: str, path, operator: str, value) -> str:
        """Return one comparison as people write it: “Expected Revenue ≥ 1,000”."""
        if not isinstance(path, str):  # (1, "=", 1): always, or never
            return self.env._("always") if path == value else self.env._("never")
        label, field = self._find_label(model, path)
        if operator in ("any", "not any"):
            inner = self._say(value, field.comodel_name)
            text = self.env._("%(field)s with %(condition)s", field=label, condition=f"({inner})")
            return text if operator == "any" else self.env._("not %(condition)s", condition=text)
        is_many = isinstance(value, Collection) and not isinstance(value, str)
        values = list(value) if is_many else [value]
        if values == [False] and field.type != "boolean":
            if operator in ("!=", "not in"):
                return self.env._("%(field)s is set", field=label)
            return self.env._("%(field)s is not set", field=label)
        shown = ", ".join(self._say_value(field, each) for each in values)
        return self._compare(label, operator, shown, is_one=len(values) == 1)

    @api.model
    def _compare(self, label: str, operator: str, shown: str, *, is_one: bool) -> str:
        """Return a comparison whose both sides are in words already."""
        names = {"field": label, "value": shown}
        sign = {"in": "=", "not in": "!="}.get(operator, operator) if is_one else operator
        if sign in SIGNS:
            return f"{label} {SIGNS[sign]} {shown}"
        match operator:
            case "in":
                return self.env._("%(field)s is one of: %(value)s", **names)
            case "not in":
                return self.env._("%(field)s is none of: %(value)s", **names)
            case "child_of":
                return self.env._("%(field)s is %(value)s or below", **names)
            case "parent_of":
                return self.env._("%(field)s is %(value)s or above", **names)
            case "like" | "ilike" | "=like" | "=ilike":
                return self.env._("%(field)s contains “%(value)s”", **names)
            case "not like" | "not ilike" | "not =like" | "not =ilike":
                return self.env._("%(field)s does not contain “%(value)s”", **names)
        return f"{label} {operator} {shown}"

    @api.model
    def _find_label(self, model: str, path: str) -> tuple[str, object]:
        """Return what forms call a field, by a path of fields, and the field at its end.

        :raise LookupError: there is no such field
        """
        labels, field = [], None
        for name in path.split("."):
            records = self.env[field.comodel_name if field else model]
            field = records._fields[name]
            labels.append(field.get_description(self.env, ["string"])["string"])
            if field.type in ("date", "datetime", "properties"):
                break  # what follows is a part of the date, or a property
        return " › ".join(labels), field

    @api.model
    def _say_value(self, field, value) -> str:
        """Return a value of a field as people read it."""
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if value is False:
            return self.env._("nothing")
        if field.relational and isinstance(value, int):
            record = self.env[field.comodel_name].sudo().browse(value)  # what is asked is no secret
            return record.exists().display_name or str(value)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, str(value))
        if field.type == "monetary":
            return format_amount(self.env, value, self.env.company.currency_id)
        return str(value)
