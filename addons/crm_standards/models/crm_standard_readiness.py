from __future__ import annotations

from odoo import api, models

from ..logic import gate as logic
from ..logic.readiness import look_ahead


class CrmStandardReadiness(models.AbstractModel):
    """What the panel on the opportunity shows: the gate's own judgement, asked beforehand."""

    _name = "crm.standard.readiness"
    _description = "Readiness of a Lead"

    @api.model
    def _describe(self, lead) -> dict:
        """Return the readiness of a lead, in the user's language.

        Shape: ``{"lacking": [need], "ways": [way]}``, empty when no rule speaks to the lead;
        a way is ``{"id", "name", "light", "is_next", "needs": [need]}``,
        a need ``{"rule", "standard", "strength", "text", "hint", "is_path", "fields": [field]}``,
        a field ``{"name", "label", "is_filled"}``.
        """
        gate = self.env["crm.standard.gate"]
        lead = lead.sudo()  # what is asked of a lead is no secret to whoever may see the lead
        rules = gate._rules_for(lead)
        if not any(rule.kind != "time_limit" for rule in rules):
            return {}
        stages = lead._get_standard_stages()
        filled = gate._filled(lead)
        here = lead.stage_id.id or None
        readiness = look_ahead(rules, here, stages.ids, filled)
        next_id = self._find_next(lead, stages, readiness.ways)
        return {
            "lacking": [self._need(f.rule, f.rule.field_names, filled) for f in readiness.lacking],
            "ways": [
                {
                    "id": way.stage,
                    "name": stages.browse(way.stage).name,
                    "light": way.light,
                    "is_next": way.stage == next_id,
                    "needs": [
                        *(self._need(f.rule, (), filled) for f in way.findings if not f.missing),
                        *(self._need(rule, rule.field_names, filled) for rule in way.asked),
                    ],
                }
                for way in readiness.ways
            ],
        }

    @api.model
    def _find_next(self, lead, stages, ways) -> int | None:
        """Return the stage a salesman will most likely want next.

        The first one after the present that no transition rule forbids; the last stage has none.
        """
        order = stages.ids
        if lead.stage_id.id not in order:
            return None
        later = set(order[order.index(lead.stage_id.id) + 1 :])
        allowed = (
            way.stage
            for way in ways
            if way.stage in later and all(finding.missing for finding in way.findings)
        )
        return next(allowed, None)

    @api.model
    def _need(self, rule: logic.Rule, field_names, filled) -> dict:
        """Return one rule as the panel shows it."""
        record = self.env["crm.standard.rule"].sudo().browse(rule.id)  # see _describe
        labels = self.env["crm.standard.gate"]._get_field_labels(field_names)
        return {
            "rule": record.name,
            "standard": record.standard_id.display_name,
            "strength": rule.strength,
            "text": record.requirement,
            "hint": record.hint or "",
            "is_path": not field_names,
            "fields": [
                {"name": name, "label": label, "is_filled": filled(name)}
                for name, label in zip(field_names, labels, strict=True)
            ],
        }
