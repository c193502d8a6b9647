from __future__ import annotations

from odoo import api, models

from ..logic import gate as logic
from ..logic.readiness import look_ahead


class CrmStandardReadiness(models.AbstractModel):
    """What the panel on the opportunity shows: the gate's own judgement, asked beforehand."""

    _name = "crm.standard.readiness"
    _description = "Readiness of a Lead"

    @api.model
    def _describe(self, lead, stages) -> dict:
        """Return the readiness of a lead, in the user's language.

        Shape: ``{"is_new", "lacking": [need], "ways": [way]}``, empty when no rule speaks to the
        lead; a way is ``{"id", "name", "light", "is_next", "needs": [need]}``, a need
        ``{"rule", "standard", "strength", "text", "hint", "is_path", "fields": [field]}``, a field
        ``{"name", "label", "is_filled"}``. For a lead being created ``lacking`` is what its stage
        asks of a new one, and there are no ways yet.

        :param stages: the stages of its process, in order
        """
        gate = self.env["crm.standard.gate"]
        lead = lead.sudo()  # what is asked of a lead is no secret to whoever may see the lead
        rules = gate._rules_for(lead)
        if not any(rule.kind != "time_limit" for rule in rules):
            return {}
        filled = gate._filled(lead)
        if not lead._origin:
            findings = logic.judge_move(rules, logic.Move(None, lead.stage_id.id or None), filled)
            needs = [self._need(f.rule, f.rule.field_names, filled) for f in findings]
            return {"is_new": True, "lacking": needs, "ways": []}
        here = lead._origin.stage_id.id or None
        readiness = look_ahead(rules, here, stages.ids, filled)
        next_id = self._find_next(lead._origin, stages, readiness.ways)
        return {
            "is_new": False,
            "lacking": [self._need(f.rule, f.rule.field_names, filled) for f in readiness.lacking],
            "ways": [self._way(way, stages, next_id, filled) for way in readiness.ways],
        }

    @api.model
    def _way(self, way, stages, next_id, filled) -> dict:
        """Return one way on as the panel shows it."""
        return {
            "id": way.stage,
            "name": stages.browse(way.stage).name,
            "light": way.light,
            "is_next": way.stage == next_id,
            "needs": [
                *(self._need(f.rule, (), filled) for f in way.findings if not f.missing),
                *(self._need(rule, rule.field_names, filled) for rule in way.asked),
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
