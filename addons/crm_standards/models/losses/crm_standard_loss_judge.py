"""Judging losses: at the one place where the gate sees every change of outcome."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from odoo import api, models
from odoo.exceptions import ValidationError

from ... import origin
from ...logic import loss as logic
from ...logic.gate import Subject, is_in_scope

_logger = logging.getLogger(__name__)

#: At most so many leads are named in one refusal.
NAMED = 5


class CrmStandardLoss(models.Model):
    """What is not known about lost deals, and what follows from it."""

    _inherit = "crm.standard.loss"

    @api.model
    def _judge(self, leads) -> dict:
        """Return by lead what its loss lacks, as far as the rules in force ask it."""
        if not self._get_rulebook():
            return {}
        return {lead: gaps for lead in leads if (gaps := self._judge_lead(lead))}

    @api.model
    def _judge_lead(self, lead) -> tuple[logic.Gap, ...]:
        """Return what the loss of one lead lacks."""
        filled = self.env["crm.standard.gate"]._filled(lead)
        speaking = self._get_rules_for(lead)
        return logic.judge_loss(speaking, lead.lost_reason_id.id or None, filled)

    @api.model
    def _get_rules_for(self, lead) -> list[logic.LossRule]:
        """Return the rules in force that speak of a lead."""
        today = self.env.cr.now().date()  # not the user's day: he chooses his time zone
        subject = Subject(
            lead.company_id.id or None, lead.team_id.id or None, lead.type or "opportunity"
        )
        return [
            rule
            for rule in self._get_rulebook()
            if is_in_scope(rule.scope, subject, today) and self._meets(lead, rule)
        ]

    @api.model
    def _meets(self, lead, rule: logic.LossRule) -> bool:
        """Tell whether a lead fulfils the condition of a rule; see the gate's rules."""
        if not rule.domain:
            return True
        try:
            domain = self.env["crm.standard.rule"]._parse_domain(rule.domain)
            return bool(lead.filtered_domain(domain))
        except (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError) as error:
            _logger.warning("rule on losses %s: %s fails: %s", rule.id, rule.domain, error)
            return False

    @api.model
    def _settle_lost(self, leads) -> None:
        """Judge leads that were just lost.

        :raise ValidationError: a person loses a deal without saying what a rule demands
        """
        gaps = self._judge(leads)
        self._refuse(gaps)
        self._register_gaps(gaps)

    @api.model
    def _settle_emptied(self, before: dict, leads) -> None:
        """Judge leads that are lost and whose explanation was edited.

        :param before: by lead, what its loss lacked before
        :raise ValidationError: a person takes away what a rule demands
        """
        now = self._judge(leads)
        fresh = {lead: logic.newly_open(before.get(lead, ()), gaps) for lead, gaps in now.items()}
        fresh = {lead: gaps for lead, gaps in fresh.items() if gaps}
        self._refuse(fresh)
        self._register_gaps(fresh)

    @api.model
    def _refuse(self, gaps: dict) -> None:
        """Refuse a person what a blocking rule forbids."""
        stopped = {lead: found for lead, g in gaps.items() if (found := logic.stopping(g))}
        if stopped and origin.origin_of(self.env) == origin.PERSON:
            raise ValidationError(self._explain(stopped))

    @api.model
    def _register_gaps(self, gaps: dict) -> None:
        """Enter in the register what was lost without being explained."""
        ids = {gap.rule.id for found in gaps.values() for gap in found}
        rules = {rule.id: rule for rule in self.sudo().browse(ids)}  # the register is complete
        self.env["crm.standard.norm.breach"]._enter(
            [
                {
                    "kind": "loss",
                    "name": rules[gap.rule.id].name,
                    "requirement": rules[gap.rule.id].requirement,
                    "standard_id": rules[gap.rule.id].standard_id.id,
                    "loss_id": gap.rule.id,
                    "lead_id": lead.id,
                    "missing": ", ".join(
                        self.env["crm.standard.gate"]._get_field_labels(gap.missing)
                    ),
                }
                for lead, found in gaps.items()
                for gap in logic.recorded(found)
            ]
        )

    @api.model
    def _explain(self, gaps: dict) -> str:
        """Return why deals cannot be lost yet, and the way out."""
        blocks = []
        for lead, found in list(gaps.items())[:NAMED]:
            head = self.env._("“%(lead)s” cannot be lost without an explanation.", lead=lead.name)
            blocks.append("\n".join([head, *self._explain_gaps(found)]))
        if len(gaps) > NAMED:
            blocks.append(self.env._("… and %(count)s more.", count=len(gaps) - NAMED))
        blocks.append(self.env._("Use the button “Lost” of the opportunity and fill it in there."))
        return "\n\n".join(blocks)

    @api.model
    def _explain_gaps(self, gaps: Iterable[logic.Gap]) -> list[str]:
        """Return a line for each rule that is not kept: its name, and what to fill in."""
        lines = []
        for gap in gaps:
            rule = self.sudo().browse(gap.rule.id)  # told to everyone
            labels = self.env["crm.standard.gate"]._get_field_labels(gap.missing)
            what = self.env._("fill in %(fields)s", fields=", ".join(labels))
            lines.append(f"• {rule.name}: {what}")
        return lines
