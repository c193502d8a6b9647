from __future__ import annotations

from odoo import api, models
from odoo.exceptions import ValidationError

from ... import origin
from ...logic import gate as logic
from ..common.breach import Breach
from .gate_watch import Before


class CrmStandardGate(models.AbstractModel):
    """What must stay so while a lead stands in its stage, and was changed all the same."""

    _inherit = "crm.standard.gate"

    @api.model
    def _settle_cleared(self, leads, before: dict[int, Before], verdicts, came_by, facts) -> None:
        """Judge what must stay so while a lead stands in its stage.

        Asked of leads only of which a field was written that it depends on.

        :raise ValidationError: a person undoes what a blocking rule asks
        """
        judged = {(v.lead.id, finding.rule.id) for v in verdicts for finding in v.findings}
        lost = {
            lead: found
            for lead in leads
            if lead.id in before and before[lead.id].lacking is not None
            if lead.stage_id == lead.logged_stage_id
            if (found := self._find_lost(lead, before[lead.id], judged, facts))
        }
        if not lost:
            return
        pairs = {(lead.id, f.rule.id) for lead, found in lost.items() for f in logic.refused(found)}
        usable = self.env["crm.standard.override"]._find_usable(pairs)
        stopping = {
            lead: stops
            for lead, found in lost.items()
            if (stops := [f for f in logic.refused(found) if (lead.id, f.rule.id) not in usable])
        }
        for lead, findings in stopping.items():  # also if the caller swallows the error
            self._fill_again(lead, findings, before[lead.id])
        if stopping and came_by == origin.PERSON:
            raise ValidationError(self.env["crm.standard.refusal"]._explain_cleared(stopping))
        breaches = []
        for lead, findings in lost.items():
            breaches += self._prepare_cleared(lead, findings, before[lead.id], usable, facts)
        self.env["crm.standard.override"]._use(
            {usable[b.lead_id, b.rule_id] for b in breaches if b.effect == "overridden"}
        )
        self.env["crm.standard.violation"]._record_breaches(breaches, came_by)

    @api.model
    def _find_lost(self, lead, before: Before, judged, facts) -> list[logic.Finding]:
        """Return what a lead met before the work and meets no more, though it must."""
        rules, stage = self._rules_for(lead), lead.stage_id.id or None
        now = logic.judge_stay(rules, stage, facts.filled(lead))
        fresh = logic.newly_missing(before.lacking, now)
        return [f for f in fresh if (lead.id, f.rule.id) not in judged]

    @api.model
    def _fill_again(self, lead, findings, before: Before) -> None:
        """Put back what a machine has changed against a blocking rule."""
        names = {name for f in findings for name in logic.fields_of(f)} & before.kept.keys()
        if names:
            fields = lead._fields
            lead._write_past_gate(
                {n: fields[n].convert_to_write(before.kept[n], lead) for n in names}
            )

    @api.model
    def _prepare_cleared(self, lead, findings, before: Before, usable, facts) -> list[Breach]:
        """Return what goes into the register about what was cleared."""
        stage, filled = lead.stage_id.id, facts.filled(lead)
        breaches = []
        for f in logic.recorded(findings):
            if all(map(filled, f.missing)):
                effect = "stopped"
            else:
                is_allowed = f.rule.strength == "block" and (lead.id, f.rule.id) in usable
                effect = "overridden" if is_allowed else "cleared"
            breaches.append(
                Breach(f.rule.id, lead.id, stage, stage, f.missing, effect, before.user_id)
            )
        return breaches
