from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class CrmComplaintTree(models.AbstractModel):
    """A catalogue whose entries are parts of others; each is shown with those above it.

    A model that inherits it adds ``parent_id`` and ``child_ids`` of itself.
    """

    _name = "crm.complaint.tree"
    _description = "Catalogue Tree of Complaints"
    _inherit = ["crm.complaint.catalogue"]
    _parent_store = True

    parent_path = fields.Char(index=True)
    # not stored: it is made of translated names
    complete_name = fields.Char("Full Name", compute="_compute_complete_name", recursive=True)

    @api.depends("name", "parent_id.complete_name")
    @api.depends_context("lang")
    def _compute_complete_name(self):
        for entry in self:
            above = entry.parent_id.complete_name
            entry.complete_name = f"{above} / {entry.name}" if above else entry.name

    @api.depends("complete_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = entry.complete_name

    @api.model
    def _search_display_name(self, operator, value):
        """Find an entry by its own name or by its full one, of which the last part counts."""
        if isinstance(value, str):
            value = value.split(" / ")[-1]
        elif operator == "in":
            value = [name.split(" / ")[-1] if isinstance(name, str) else name for name in value]
        return Domain(super()._search_display_name(operator, value))

    def _parent_store_update(self):
        """Say what is wrong before the framework does in its own words."""
        for entry in self:
            if entry._has_cycle():
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be part of itself. Choose another entry above it.",
                        name=entry.name,
                    )
                )
        return super()._parent_store_update()
