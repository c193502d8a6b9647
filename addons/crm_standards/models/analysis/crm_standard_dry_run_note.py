from __future__ import annotations

from collections.abc import Sequence

from odoo import models

from ...logic.gate import Rule


class CrmStandardDryRun(models.Model):
    """What is said beside the figures: which fields were missing, and what nobody can know."""

    _inherit = "crm.standard.dry.run"

    def _name_missing(self) -> None:
        """Write on the kept lines which fields were empty, as the log or the lead tells."""
        gate = self.env["crm.standard.gate"]
        # sudo: nobody may write findings; what a rule asks may be read by all it speaks to
        for line in self.sudo().line_ids.filtered(lambda line: line.rule_id.field_ids):
            then, lead = line.transition_id.empty_fields, line.lead_id
            logged = lead._get_logged_field_names()
            filled = gate._filled(lead)
            missing = [
                name
                for name in line.rule_id.field_ids.mapped("name")
                if (name in then if isinstance(then, list) and name in logged else not filled(name))
            ]
            line._sealed_write({"missing": ", ".join(gate._get_field_labels(missing))})

    def _explain_basis(self, rules, unknown: Sequence[Rule]) -> list[str]:
        """Return what the reader must know about the figures, one sentence each."""
        notes = [
            self.env._(
                "Each move is judged by itself: what would have been done instead of a stopped"
                " move, history does not tell."
            )
        ]
        if self.unsure_count:
            notes.append(
                self.env._(
                    "%(count)s moves are not exactly known: they are older than the log's memory of"
                    " empty fields, or ask for a list of values, and were judged by what the deals"
                    " look like today.",
                    count=self._format(self.unsure_count),
                )
            )
        if conditional := rules.filtered("domain"):
            notes.append(
                self.env._(
                    "The conditions of these rules were asked of the deals as they are today:"
                    " %(rules)s.",
                    rules=", ".join(conditional.mapped("name")),
                )
            )
        return [*notes, *self._explain_untried(rules, unknown)]

    def _explain_untried(self, rules, unknown: Sequence[Rule]) -> list[str]:
        """Return which rules, and which of their demands, were not tried."""
        untried = self.env["crm.standard.rule"].browse([law.id for law in unknown])
        unkept = self.env._("history does not keep what it asks.")
        notes = [
            self.env._(
                "“%(rule)s” was not tried: %(error)s", rule=rule.name, error=rule.problem or unkept
            )
            for rule in untried
        ]
        demands = {rule: rule._get_unprovable_demands() for rule in rules - untried}
        return notes + [
            self.env._(
                "Of “%(rule)s” only the fields were tried; history does not keep: %(others)s.",
                rule=rule.name,
                others=", ".join(others),
            )
            for rule, others in demands.items()
            if others
        ]
