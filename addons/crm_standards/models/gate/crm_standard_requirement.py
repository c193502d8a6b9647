from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from odoo import api, models
from odoo.fields import Field
from odoo.tools import SQL, is_html_empty, ormcache

from ...logic import gate as logic

#: Stands for the ids of leads in a statement that is kept.
LEAD_IDS = SQL("(SELECT ids FROM asked)::int[]")


class CrmStandardRequirement(models.AbstractModel):
    """The kinds of things a rule may ask for to enter, to stay in or to leave a stage.

    A *need* names one of them completely (:func:`~odoo.addons.crm_standards.logic.gate.need_key`).
    A kind is taught to the gate by the hooks below, in a file of its own; another add-on teaches a
    further kind by ``selection_add`` on ``crm.standard.rule.requirement_kind`` and the same hooks.
    """

    _name = "crm.standard.requirement"
    _description = "Kinds of Requirements"

    # ---- hooks ----------------------------------------------------------------------------

    @api.model
    def _get_needs(self, rule) -> tuple[str, ...]:
        """Hook: return what a rule asks for beyond fields, by its ``requirement_kind``."""
        return ()

    @api.model
    def _get_reads(self, rule) -> tuple[str, ...]:
        """Hook: return the lead's fields that decide whether the rule's needs are met."""
        return ()

    @api.model
    def _find_problem(self, rule) -> str:
        """Hook: return why what the rule asks cannot be applied, or an empty text."""
        return ""

    @api.model
    def _describe(self, rule) -> str:
        """Hook: return what the rule asks, in a few words of the user's language."""
        return ", ".join(self._get_label(need) for need in self._get_needs(rule)) or "…"

    @api.model
    def _is_gathered(self, need: str) -> bool:
        """Hook: tell whether the need is looked up in the database, and not in the lead itself."""
        return True

    @api.model
    def _prepare_query(self, kind: str, needs: list[str], lead_ids: SQL) -> SQL | None:
        """Hook: return the statement that finds which of these needs are met.

        It is built once and kept, so it must depend on the needs alone, and say which fields it
        reads (``to_flush`` of ``SQL``; see :meth:`_get_read_fields`).

        :param kind: the kind of all ``needs``
        :param lead_ids: stands in the statement for the array of their ids
        :return: rows of need, id of the lead, and what :meth:`_is_met` wants to know (``jsonb``
            or null); only rows of needs that are met as far as the database can tell
        """
        return None

    @api.model
    def _is_met(self, lead, need: str, stamps: Sequence) -> bool:
        """Hook: tell whether a lead meets a need.

        :param stamps: what the rows of :meth:`_prepare_query` had for this lead and need
        """
        return bool(stamps)

    @api.model
    def _get_label(self, need: str) -> str:
        """Hook: return what to do about a need that is not met, in the user's language."""
        return need

    @api.model
    def _prepare_item(self, lead, rule, need: str, *, is_met: bool) -> dict:
        """Hook: return a need as the panel shows it.

        ``type`` chooses the button; further keys are for that button.
        """
        return {
            "name": need,
            "type": logic.split_need(need)[0],
            "label": self._get_label(need),
            "is_met": is_met,
        }

    # ---- fields ---------------------------------------------------------------------------

    @api.model
    def _is_filled(self, lead, name: str) -> bool:
        """Tell whether the lead has a field filled in."""
        field = lead._fields.get(name)
        if not field:
            return True  # the field was removed: nobody could fill it in
        value = lead[name]
        if field.type == "html":
            return not is_html_empty(value)
        if field.type == "selection" and value == "0":
            return False  # core's "no priority"
        return logic.is_filled(value)

    # ---- gathering ------------------------------------------------------------------------

    @api.model
    def _gather(self, needs: Collection[str], lead_ids: list[int]) -> Iterable[tuple]:
        """Return what is met of these needs, in one statement for all kinds and leads."""
        statement = self._get_statement(frozenset(needs)) if lead_ids else None
        if not statement:
            return []
        return self.env.execute_query(
            SQL("WITH asked AS (SELECT %s::int[] AS ids) %s", lead_ids, statement)
        )

    @api.model
    @ormcache("needs")
    def _get_statement(self, needs: frozenset[str]) -> SQL | None:
        """Return the statement that finds what is met of these needs, without the leads' ids."""
        by_kind = defaultdict(list)
        for need in sorted(needs):
            if self._is_gathered(need):
                by_kind[logic.split_need(need)[0]].append(need)
        queries = [
            query
            for kind, wanted in by_kind.items()
            if (query := self._prepare_query(kind, wanted, LEAD_IDS))
        ]
        return SQL(" UNION ALL ").join(queries) if queries else None

    @api.model
    def _get_read_fields(self, model: str, *names: str) -> list[Field]:
        """Return fields of a model that a statement reads, to be saved before it runs."""
        return [self.env[model]._fields[name] for name in names]

    @api.model
    @ormcache()
    def _get_rulebook_needs(self) -> frozenset[str]:
        """Return the needs of all rules in force."""
        return frozenset(
            need for rule in self.env["crm.standard"]._get_rulebook() for need in rule.needs
        )

    @api.model
    def _get_labels(self, names: Iterable[str]) -> list[str]:
        """Return labels of fields, and what to do about needs, in the user's language."""
        fields = self.env["crm.lead"]._fields
        return [
            self._get_label(name)
            if logic.is_need(name)
            else fields[name].get_description(self.env, ["string"])["string"]
            for name in names
        ]
