from __future__ import annotations

import re

from odoo import models

from .entry_book import COUNTABLE, MODELS

TEXT_TYPES = ("char", "text")

#: Texts on which patterns have been seen to run away: long runs of one sign, and a break after.
TRIALS = ("a" * 199, "a" * 200 + "!", "1" * 199, "1" * 200 + "x", "ab" * 99, " " * 200 + ".")


class CrmStandardEntry(models.Model):
    """What can be wrong with a line."""

    _inherit = "crm.standard.entry"

    def _find_problem(self) -> str:
        """Return why the line cannot be applied, or an empty text."""
        self.ensure_one()
        return (
            self._find_field_problem() or self._find_form_problem() or self._find_domain_problem()
        )

    def _find_field_problem(self) -> str:
        """Return why the field cannot be asked for, or an empty text."""
        field = self.sudo().field_id  # every employee may learn that a line is not applied
        if not field and self.field_name:
            return self.env._(
                "the field %(field)s was removed: choose another or archive the line.",
                field=self.field_name,
            )
        if not field:
            return self.env._("choose the field to be filled in.")
        if field.model != MODELS[self.subject]:
            return self.env._(
                "the field “%(field)s” is none of these records’: choose another.",
                field=field.field_description,
            )
        if field.name not in self.env[field.model]._fields or not field.filtered_domain(
            [*COUNTABLE]
        ):
            return self.env._(
                "nobody can fill in the field “%(field)s”: choose another.",
                field=field.field_description,
            )
        return ""

    def _find_form_problem(self) -> str:
        """Return why the form cannot be checked, or an empty text."""
        if self.is_runaway:
            return self.env._(
                "the pattern %(pattern)s takes too long on the texts there are and is not applied."
                " Write a simpler one.",
                pattern=self.pattern,
            )
        if self.form_check == "any":
            return ""
        if self.sudo().field_id.ttype not in TEXT_TYPES:  # see _find_field_problem
            return self.env._("only texts have a form: choose “Any”.")
        if self.form_check == "length" and not 0 <= self.min_length <= (self.max_length or 10**9):
            return self.env._("the least length is above the most.")
        if self.form_check == "choice" and not (self.allowed_values or "").strip():
            return self.env._("write down the allowed values, one a line.")
        if self.form_check == "pattern":
            return self._find_pattern_problem()
        return ""

    def _find_pattern_problem(self) -> str:
        """Try the pattern on hostile texts; return why it cannot be applied, or an empty text."""
        if not self.pattern:
            return self.env._("write down the pattern.")
        literals = set(re.findall(r"\w", self.pattern))
        trials = [*TRIALS, *(sign * 199 + "~" for sign in sorted(literals)[:20])]
        outcome = self.env["crm.standard.entry.form"]._match(self.pattern, trials)
        if outcome.error:
            return self.env._(
                "the pattern %(pattern)s cannot be understood (%(error)s).",
                pattern=self.pattern,
                error=outcome.error,
            )
        if outcome.is_late:
            return self.env._(
                "the pattern %(pattern)s runs away: it takes far too long on an unlucky text."
                " Write it without repeats inside repeats and without back references.",
                pattern=self.pattern,
            )
        return ""

    def _find_domain_problem(self) -> str:
        """Return why the condition cannot be understood, or an empty text."""
        if re.search(r"\bentry_gap_ids\b", self.domain or ""):
            # the line would have to be known to find out whom it means, without end
            return self.env._(
                "the condition %(domain)s asks what the standards themselves find out: choose"
                " another field.",
                domain=self.domain,
            )
        return self._find_condition_problem(self.domain, MODELS[self.subject], {"name": "x"})
