"""The words of a refusal: which rule, what is missing, and the way out."""

from __future__ import annotations

from collections.abc import Iterable

from odoo import SUPERUSER_ID, api, models

from ...logic import gate as logic

#: At most so many leads are named in one refusal.
NAMED_LEADS = 5


class CrmStandardRefusal(models.AbstractModel):
    """What a person reads when the gate does not let a lead through."""

    _name = "crm.standard.refusal"
    _description = "Refusal of a Move"

    @api.model
    def _explain_moves(self, verdicts) -> str:
        """Return why moves are refused and what to do about it, for the person at the screen."""
        stages = self.env["crm.stage"].sudo()  # no secret; visitors cannot read them
        blocks = []
        for verdict in verdicts[:NAMED_LEADS]:
            names = {
                "lead": verdict.lead.name,
                "from": stages.browse(verdict.move.stage_from).name or self.env._("no stage"),
                "to": stages.browse(verdict.move.stage_to).name or self.env._("no stage"),
            }
            if verdict.move.stage_from == verdict.move.stage_to:
                head = self.env._(
                    "“%(lead)s” in %(to)s comes under a standard it does not keep.", **names
                )
            elif verdict.move.stage_from:
                head = self.env._("“%(lead)s” cannot move from %(from)s to %(to)s.", **names)
            else:
                head = self.env._("“%(lead)s” cannot begin in %(to)s.", **names)
            blocks.append("\n".join([head, *self._explain_findings(verdict.refused)]))
        if len(verdicts) > NAMED_LEADS:
            blocks.append(self.env._("… and %(count)s more.", count=len(verdicts) - NAMED_LEADS))
        return "\n\n".join(blocks)

    @api.model
    def _tell(self, verdicts) -> None:
        """Tell a person whose automation was stopped; nobody else is there to be told."""
        user = self.env.user
        if self.env.uid != SUPERUSER_ID and user._is_internal():
            notice = {
                "type": "warning",
                "title": self.env._("Some leads were not moved"),
                "message": self._explain_moves(verdicts),
                "sticky": True,
            }
            user._bus_send("simple_notification", notice)

    @api.model
    def _explain_cleared(self, stopping: dict) -> str:
        """Return why what must stay so may not be undone."""
        blocks = []
        for lead, findings in list(stopping.items())[:NAMED_LEADS]:
            head = self.env._(
                "“%(lead)s” is in %(stage)s, where this must stay as it is.",
                lead=lead.name,
                stage=lead.stage_id.name,
            )
            blocks.append("\n".join([head, *self._explain_findings(findings)]))
        return "\n\n".join(blocks)

    @api.model
    def _explain_findings(self, findings: Iterable[logic.Finding]) -> list[str]:
        """Return a line for each finding: the rule, what is missing, the way out."""
        lines = []
        for finding in findings:
            rule = self.env["crm.standard.rule"].sudo().browse(finding.rule.id)  # told to everyone
            lines.append(f"• {rule.name}: {self._explain_missing(rule, finding.missing)}")
            if rule.hint:
                lines.append(f"  {rule.hint}")
            if rule.standard_id.user_id:
                lines.append(
                    "  "
                    + self.env._(
                        "Standard “%(standard)s”, questions to %(owner)s.",
                        standard=rule.standard_id.display_name,
                        owner=rule.standard_id.user_id.name,
                    )
                )
        if lines:
            lines.append(
                self.env._("If it cannot be done, ask for an exception on the opportunity.")
            )
        return lines

    @api.model
    def _explain_missing(self, rule, missing) -> str:
        """Return what to do, in one line: fields to fill in first, then all else."""
        label = self.env["crm.standard.gate"]._get_field_labels
        fields = [name for name in missing if not logic.is_need(name)]
        todo = label(name for name in missing if logic.is_need(name))
        if fields:
            filling = self.env._("fill in %(fields)s", fields=", ".join(label(fields)))
            todo.insert(0, filling)
        return "; ".join(todo) or rule.requirement
