from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmSurveyCause(models.Model):
    """Why customers no longer buy: a tree, so that figures are read at any height."""

    _name = "crm.survey.cause"
    _description = "Cause of a Lost Customer"
    _parent_name = "parent_id"
    _parent_store = True
    _order = "complete_name"
    _rec_name = "complete_name"

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        "Full Name", compute="_compute_complete_name", recursive=True, store=True
    )
    display_name = fields.Char(compute="_compute_display_name", recursive=True)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("crm.survey.cause", "Part of", ondelete="restrict", index=True)
    parent_path = fields.Char(index=True)

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for cause in self:
            names = filter(None, (cause.parent_id.complete_name, cause.name))
            cause.complete_name = " / ".join(names)

    @api.depends("name", "parent_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for cause in self:
            names = (cause.parent_id.display_name if cause.parent_id else None, cause.name)
            cause.display_name = " / ".join(filter(None, names))

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A cause cannot be part of itself."))
