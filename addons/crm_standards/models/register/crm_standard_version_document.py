from __future__ import annotations

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html_sanitize, is_html_empty

from ...logic import version as logic
from .glossary_marks import explain

#: Fields that stand in the head of the document or as its text, not in the table of its scope.
HEAD_FIELDS = frozenset({"name", "code", "document_type", "description", "approver_ids"})


class CrmStandardVersion(models.Model):
    """A version as people read it, on the screen and on paper, and how it differs from the last."""

    _inherit = "crm.standard.version"

    document = fields.Html(
        compute="_compute_document", string="Text", help="The version as one reads and prints it."
    )
    changes = fields.Html(
        compute="_compute_changes", string="What Changed", help="Against the version before."
    )

    @api.depends("content", "words", "document_id", "state", "date_in_force", "date_end")
    @api.depends_context("lang")
    def _compute_document(self):
        for version in self:
            version.document = self.env["ir.qweb"]._render(
                "crm_standards.crm_standard_version_document", version._get_document_values()
            )

    @api.depends("content", "words", "document_id", "number")
    @api.depends_context("lang")
    def _compute_changes(self):
        for version in self:
            version.changes = version._render_changes()

    def _get_document_values(self) -> dict:
        """Hook: return what the template of the document is filled with."""
        self.ensure_one()
        content, words = self._get_content(), self._get_words()
        labelled = [line for line in words["fields"] if line[0] not in HEAD_FIELDS]
        return {
            "version": self,
            "text": self._get_text(content),
            "scope": [(label, text) for _name, label, text in labelled if text],
            "parts": self._get_part_groups(words),
        }

    @api.model
    def _get_text(self, content: logic.Content) -> Markup | str:
        """Return the body in the user's language, cleaned again: it comes from stored values."""
        texts = content.values.get("description") or {}
        text = texts.get(self.env.lang) or texts.get("en_US") or next(iter(texts.values()), "")
        if is_html_empty(text):
            return ""
        return Markup(html_sanitize(explain(text, self._get_meanings())))

    @api.model
    def _get_meanings(self) -> dict[str, str]:
        """Return what the words agreed on mean, as far as the reader may see it."""
        terms = self.env["crm.standard"]._get_glossary_terms()
        return {term.term: term.definition for term in terms}

    @api.model
    def _get_part_groups(self, words: dict) -> list[tuple[str, list[dict]]]:
        """Return the parts by what they are called, in their order."""
        groups: dict[str, list[dict]] = {}
        # versions sealed by older releases hold no words of what their parts name
        for part in [*words["parts"], *words.get("named", ())]:
            groups.setdefault(part["kind"], []).append(part)
        return list(groups.items())

    def _get_signatures(self):
        """Return the acknowledgements to print, of those the user may see."""
        self.ensure_one()
        return self.acknowledgement_ids.filtered(lambda r: r.state != "cancelled").sorted(
            lambda request: request.user_id.name
        )

    def _get_printed_history(self):
        """Return the versions that were in force up to this one, oldest first."""
        self.ensure_one()
        # sudo: the history of a document belongs to it, whoever prints it
        versions = self.sudo().standard_id.version_ids
        return versions.filtered(lambda v: v.date_in_force and v.number <= self.number).sorted(
            "number"
        )

    # ---- what changed ----------------------------------------------------------------------

    def _get_changes(self) -> list[dict]:
        """Return the differences to the version before, in words.

        Each is a dict: ``what`` (where it is), ``kind``, ``old`` and ``new`` texts.
        """
        self.ensure_one()
        former = self._get_former()
        if not former:
            return []
        before, after = former._get_words(self.env.lang), self._get_words()
        changes = logic.compare(former._get_content(), self._get_content())
        return [self._describe_change(change, before, after) for change in changes]

    @api.model
    def _describe_change(self, change: logic.Change, before: dict, after: dict) -> dict:
        """Return one difference in words."""
        if change.kind in ("attached", "detached"):
            return {
                "kind": change.kind,
                "what": self.env._("Attachment"),
                "old": change.name if change.kind == "detached" else "",
                "new": change.name if change.kind == "attached" else "",
            }
        old, new = self._find_words(before, change), self._find_words(after, change)
        return {
            "kind": change.kind,
            "what": (new or old)[0],
            "old": old[1] if old else "",
            "new": new[1] if new else "",
        }

    @api.model
    def _find_words(self, words: dict, change: logic.Change) -> list[str] | None:
        """Return label and text of what a change speaks of; None where it is not there."""
        if not change.part:
            return self._find_field(words["fields"], change.name)
        key = ",".join(map(str, change.part))
        parts = [*words["parts"], *words.get("named", ())]
        part = next((part for part in parts if part["id"] == key), None)
        if not part:
            return None
        if not change.name:
            return [part["title"], part["text"]]
        label, text = self._find_field(part["fields"], change.name) or (change.name, "")
        return [f"{part['title']}: {label}", text]

    @api.model
    def _find_field(self, lines: list, name: str) -> list[str] | None:
        """Return label and text of a field."""
        return next(([label, text] for known, label, text in lines if known == name), None)

    def _render_changes(self) -> Markup | str:
        """Return the differences as a list for people."""
        self.ensure_one()
        changes = [
            {**change, "pieces": logic.compare_words(change["old"], change["new"])}
            for change in self._get_changes()
        ]
        if not changes:
            return ""
        return self.env["ir.qweb"]._render(
            "crm_standards.crm_standard_version_changes", {"changes": changes}
        )
