from odoo import models

from .entry_book import MODELS


class CrmStandardEntry(models.Model):
    """A line of a data-entry standard in words, as its versions keep it."""

    _inherit = "crm.standard.entry"

    def _get_words(self) -> str:
        """Return of what a field is asked, how much it matters, in what form, and how strictly."""
        get_label = self.env["crm.standard"]._get_label
        return self._join_words(
            self._get_choice("subject"),
            self._get_choice("requirement"),
            f"{get_label(self, 'weight')}: {self.weight}",
            self._get_form_words(),
            self._describe_condition(),
            self._get_choice("strength"),
            self.guidance,
        )

    def _get_condition_model(self):
        return MODELS[self.subject]

    def _get_form_words(self) -> str:
        """Return the form that is asked; nothing where any is good."""
        if self.form_check == "any":
            return ""
        details = {
            "length": f"{self.min_length}–{self.max_length or '…'}",
            "pattern": self.pattern or "",
            "choice": ", ".join((self.allowed_values or "").splitlines()),
        }
        form = self._get_choice("form_check")
        detail = details.get(self.form_check)
        return f"{form} ({detail})" if detail else form
