from __future__ import annotations

from collections.abc import Iterable

from odoo import api, fields, models

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
        ids = {vals.get("standard_id") for vals in vals_list}
        ids.add(self.env.context.get("default_standard_id"))
        standards = self.env["crm.standard"].browse(filter(None, ids))
        with touching(standards):
            parts = super().create([self._without_source(vals) for vals in vals_list])
            touch(parts.standard_id)
        return parts

    def write(self, vals):
        with touching(self.standard_id):
            result = super().write(self._without_source(vals))
            touch(self.standard_id)
        return result

    def unlink(self):
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

    def _get_words(self) -> str:
        """Hook: return the part as one sentence for people, in the language of the context."""
        self.ensure_one()
        return self.display_name
