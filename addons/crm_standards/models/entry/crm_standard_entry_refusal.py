"""The words about a gap: which field, what is wrong with it, and the way out."""

from __future__ import annotations

from odoo import api, models

from ...logic import entry as logic

#: At most so many records are named in one refusal.
NAMED_RECORDS = 5


class CrmStandardEntryRefusal(models.AbstractModel):
    """What a person reads when data cannot be saved as they are."""

    _name = "crm.standard.entry.refusal"
    _description = "Refusal of Data"

    @api.model
    def _explain(self, stopping: dict) -> str:
        """Return why records cannot be saved and what to do about it."""
        blocks = []
        for record, gaps in list(stopping.items())[:NAMED_RECORDS]:
            head = self.env._(
                "“%(record)s” cannot be saved like this.", record=record.display_name or "…"
            )
            blocks.append("\n".join([head, *(self._explain_gap(record, gap) for gap in gaps)]))
        if len(stopping) > NAMED_RECORDS:
            blocks.append(self.env._("… and %(count)s more.", count=len(stopping) - NAMED_RECORDS))
        return "\n\n".join(blocks)

    @api.model
    def _explain_gap(self, record, gap: logic.Gap) -> str:
        """Return the lines about one field: what to do, how it is written, whom to ask."""
        line = self.env["crm.standard.entry"].sudo().browse(gap.line.id)  # told to everyone
        if gap.kind == "missing":
            text = self.env._("fill it in")
        else:
            value = record[gap.line.field_name]
            text = self.env._("“%(value)s” %(fault)s", value=value, fault=self._describe(line))
        lines = [f"• {line.name}: {text}"]
        if line.guidance:
            lines.append(f"  {line.guidance}")
        standard = line.standard_id
        if standard.user_id:
            lines.append(
                "  "
                + self.env._(
                    "Standard “%(standard)s”, questions to %(owner)s.",
                    standard=standard.display_name,
                    owner=standard.user_id.name,
                )
            )
        return "\n".join(lines)

    @api.model
    def _describe(self, line) -> str:
        """Return what is wrong with a value that has not the form of a line."""
        match line.form_check:
            case "email":
                return self.env._("is no e-mail address")
            case "phone":
                return self.env._("is no phone number that exists: check the country and the count")
            case "tax_id":
                return self.env._("is no tax number of its country: check each digit")
            case "length" if line.max_length:
                return self.env._(
                    "should have %(least)s to %(most)s signs",
                    least=line.min_length,
                    most=line.max_length,
                )
            case "length":
                return self.env._("should have at least %(least)s signs", least=line.min_length)
            case "choice":
                values = ", ".join((line.allowed_values or "").split("\n")[:10])
                return self.env._("should be one of: %(values)s", values=values)
            case _:
                return self.env._("should match the pattern %(pattern)s", pattern=line.pattern)
