from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from psycopg2 import Error

from odoo import api, fields, models
from odoo.fields import Domain

from .version_watch import touch, touching

#: Fields that say where a part stands and not what it says.
PLACE_FIELDS = frozenset({"standard_id", "source_key", "company_id", "sequence", "active"})
#: What a version can keep as plain values.
UNKEPT_TYPES = frozenset({"binary", "image", "reference", "many2one_reference", "properties"})


class CrmStandardPart(models.AbstractModel):
    """A line of a standard that belongs to its meaning: a rule, a field to fill, a norm.

    Inherit it, and give ``crm.standard`` a One2many with ``copy=True``: then the lines are part of
    every version (see :meth:`_get_content_fields`), cannot be changed past the approval, and keep
    their identity when a new version comes into force.
    """

    _name = "crm.standard.part"
    _description = "Part of a Standard"

    standard_id = fields.Many2one("crm.standard", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="standard_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    source_key = fields.Integer(
        "Part in Force",
        readonly=True,
        copy=False,
        help="In the draft of a new version: which part in force this one will become.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env["crm.standard"]._forget_rulebook()
        ids = {vals.get("standard_id") for vals in vals_list}
        ids.add(self.env.context.get("default_standard_id"))
        standards = self.env["crm.standard"].browse(filter(None, ids))
        with touching(standards):
            parts = super().create([self._without_source(vals) for vals in vals_list])
            touch(parts.standard_id)
        return parts

    def write(self, vals):
        self.env["crm.standard"]._forget_rulebook()
        with touching(self.standard_id):
            result = super().write(self._without_source(vals))
            touch(self.standard_id)
        return result

    def unlink(self):
        self.env["crm.standard"]._forget_rulebook()
        with touching(self.standard_id):
            return super().unlink()

    @api.model
    def _without_source(self, vals: dict) -> dict:
        """Return values without the link to the part in force, which the register alone sets."""
        return {name: value for name, value in vals.items() if name != "source_key"}

    def _link_source(self, part_id: int) -> None:
        """Note which part in force this part of a draft will become."""
        # pylint: disable=super-method-mismatch,missing-return; our own write refuses this field
        super().write({"source_key": part_id})

    def _get_key(self) -> int:
        """Return what the part is called in every version: its id in force, now or later."""
        self.ensure_one()
        return (self.standard_id.live_id and self.source_key) or self.id

    @api.model
    def _get_content_fields(self) -> Iterable[str]:
        """Hook: return the fields that make up what the part says.

        By default all that are stored and copied, except those that only say where it stands.
        """
        return [
            name
            for name, field in self._fields.items()
            if field.store
            and field.copy
            and name not in PLACE_FIELDS.union(models.MAGIC_COLUMNS)
            and field.type not in UNKEPT_TYPES
        ]

    @api.model
    def _get_named_fields(self, model: str = "") -> list[str]:
        """Return the fields by which a part names what decides what it means.

        :param model: only those that name records of this model
        """
        return [
            name
            for name in self._get_content_fields()
            if (field := self._fields[name]).type in ("many2one", "many2many")
            and field.comodel_name == (model or field.comodel_name)
            and hasattr(self.env[field.comodel_name], "_get_standard_words")
        ]

    def _restart(self, moment=None) -> None:
        """Hook: note that what the parts ask has changed, though not in their own fields."""

    def _get_words(self) -> str:
        """Hook: return the part as one sentence for people, in the language of the context."""
        self.ensure_one()
        return self.display_name

    @api.model
    def _get_domain_fields(self) -> Iterable[str]:
        """Hook: return the fields in which a condition is written."""
        return ["domain"] if "domain" in self._fields else []

    def _get_condition_model(self) -> str:
        """Hook: return the model the part's conditions speak of."""
        self.ensure_one()
        return "crm.lead"

    def _describe_condition(self, name: str = "domain") -> str:
        """Return a condition of the part in words; nothing where there is none."""
        return self.env["crm.standard.condition"]._describe(self[name], self._get_condition_model())

    def _join_words(self, *texts: str) -> str:
        """Return what a part says, one after the other; what is empty says nothing."""
        return " · ".join(text for text in texts if text)

    def _get_choice(self, name: str) -> str:
        """Return the label of what is chosen in a selection field."""
        choices = self._fields[name]._description_selection(self.env)
        return dict(choices).get(self[name], "")

    # ---- the law --------------------------------------------------------------------------

    @api.model
    def _get_law_domain(self) -> Domain:
        """Return the parts of standards in force: none of drafts, retired and archived ones."""
        return (
            Domain("standard_id.state", "=", "in_force")
            & Domain("standard_id.active", "=", True)
            & Domain("standard_id.live_id", "=", False)
        )

    @api.model
    def _search_law(self, domain: Domain = Domain.TRUE):
        """Return the parts of all standards in force, of all companies, in their order, in sudo.

        The one place that says which lines are law: none of drafts, of retired and of archived
        standards. Whether the dates hold the caller looks (:meth:`_is_law_on`).
        """
        # the law is the same for all; the caller's context must not decide what it is
        everywhere = self.with_env(self.env(su=True, context={"lang": self.env.lang}))
        parts = everywhere.search(self._get_law_domain() & domain)
        return parts.sorted(
            lambda part: (part.standard_id.sequence, part.standard_id.id, part.sequence, part.id)
        )

    def _is_law_on(self, day: date) -> bool:
        """Tell whether the part's standard is in force on a day, by its dates (included)."""
        self.ensure_one()
        first, last = self.standard_id.date_from, self.standard_id.date_to
        return (not first or first <= day) and (not last or day <= last)

    # ---- what can be wrong ------------------------------------------------------------------

    @api.model
    def _find_condition_problem(self, text: str, model: str, sample: Mapping | None = None) -> str:
        """Return why a condition on a model cannot be understood, or an empty text.

        :param sample: values of a record to compare in Python too, where the condition is asked
            both there and in SQL
        """
        if not text:
            return ""
        # sudo: the condition must hold for whatever record comes
        records = self.env[model].sudo()
        try:
            domain = self.env["crm.standard.rule"]._parse_domain(text)
            domain.validate(records)
            if sample:
                records.new(sample).filtered_domain(domain)
            with self.env.cr.savepoint():
                records.search(domain, limit=1)
        except (ArithmeticError, LookupError, SyntaxError, TypeError, ValueError, Error) as error:
            return self.env._(
                "the condition %(domain)s cannot be understood (%(error)s).",
                domain=text,
                error=error,
            )
        return ""
