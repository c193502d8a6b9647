from __future__ import annotations

from functools import partial

from odoo import api, models

from ...logic import gate as logic
from ...logic.readiness import look_ahead


class CrmStandardReadiness(models.AbstractModel):
    """What the panel on the opportunity shows: the gate's own judgement, asked beforehand."""

    _name = "crm.standard.readiness"
    _description = "Readiness of a Lead"

    @api.model
    def _describe(self, lead, stages) -> dict:
        """Return the readiness of a lead, in the user's language.

        Shape: ``{"is_new", "reads", "lacking": [need], "ways": [way]}``, empty when no rule speaks
        to the lead; a way is ``{"id", "name", "light", "is_next", "needs": [need]}``, a need
        ``{"rule_id", "rule", "standard", "strength", "text", "hint", "is_path", "override",
        "fields": [field], "items": [item]}``, a field ``{"name", "label", "is_filled"}``, an item
        what ``crm.standard.requirement._prepare_item`` makes of it, an override how the last
        request for an exception stands (:meth:`crm.standard.request._describe_state`). For a lead
        being created ``lacking`` is what its stage asks of a new one, and there are no ways yet.
        ``reads`` are the fields conditions look at: when one is typed, the panel asks anew.

        :param stages: the stages of its process, in order
        """
        gate = self.env["crm.standard.gate"]
        lead = lead.sudo()  # what is asked of a lead is no secret to whoever may see the lead
        rules = gate._rules_for(lead)
        if not any(rule.kind != "time_limit" for rule in rules):
            return {}
        filled = gate._filled(lead)
        describe = partial(self._need, lead, filled)
        if not lead._origin:
            findings = logic.judge_move(rules, logic.Move(None, lead.stage_id.id or None), filled)
            needs = [describe(f.rule, bool(f.missing)) for f in findings]
            return {"is_new": True, "reads": self._get_reads(), "lacking": needs, "ways": []}
        here = lead._origin.stage_id.id or None
        readiness = look_ahead(rules, here, stages.ids, filled)
        next_id = self._find_next(lead._origin, stages, readiness.ways)
        return {
            "is_new": False,
            "reads": self._get_reads(),
            "lacking": [describe(f.rule, True) for f in readiness.lacking],
            "ways": [self._way(way, stages, next_id, describe) for way in readiness.ways],
        }

    @api.model
    def _get_reads(self) -> list[str]:
        """Return the fields that decide about conditions, so that the screen asks anew."""
        return sorted(self.env["crm.standard"]._get_condition_fields())

    @api.model
    def _way(self, way, stages, next_id, describe) -> dict:
        """Return one way on as the panel shows it."""
        return {
            "id": way.stage,
            "name": stages.browse(way.stage).name,
            "light": way.light,
            "is_next": way.stage == next_id,
            "needs": [
                *(describe(f.rule, False) for f in way.findings if not f.missing),
                *(describe(rule, True) for rule in way.asked),
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
    def _need(self, lead, filled, rule: logic.Rule, asks: bool) -> dict:
        """Return one rule as the panel shows it.

        :param asks: whether it asks for something; else the way itself is forbidden
        """
        record = self.env["crm.standard.rule"].sudo().browse(rule.id)  # see _describe
        source = self.env["crm.standard.requirement"].sudo()  # see _describe
        names = rule.field_names if asks else ()
        labels = source._get_labels(names)
        return {
            "rule_id": rule.id,
            "rule": record.name,
            "standard": record.standard_id.display_name,
            "strength": rule.strength,
            "text": record.requirement,
            "hint": record.hint or "",
            "is_path": not asks,
            "override": self._find_override(lead, rule),
            "fields": [
                {"name": name, "label": label, "is_filled": filled(name)}
                for name, label in zip(names, labels, strict=True)
            ],
            "items": [
                self._begin_line(source._prepare_item(lead, record, need, is_met=filled(need)))
                for need in (rule.needs if asks else ())
            ],
        }

    @api.model
    def _begin_line(self, item: dict) -> dict:
        """Return an item whose label, elsewhere a part of a sentence, begins a line."""
        label = item["label"]
        return {**item, "label": label[:1].upper() + label[1:]}

    @api.model
    def _find_override(self, lead, rule: logic.Rule) -> dict:
        """Return how the last request for an exception stands, if it still matters."""
        if rule.strength != "block" or not lead._origin:
            return {}
        register = self.env["crm.standard.override"].sudo()  # see _describe
        last = register.search(
            [("lead_id", "=", lead._origin.id), ("rule_id", "=", rule.id)], limit=1
        )
        is_alive = last.state in ("requested", "refused") or (
            last.state == "approved" and last.date_expiry > self.env.cr.now()
        )
        return last._describe_state() if is_alive else {}
