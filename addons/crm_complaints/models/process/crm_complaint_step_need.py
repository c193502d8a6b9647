from odoo import api, fields, models


class CrmComplaintStepNeed(models.Model):
    """A field of the complaint that must be filled in before a step can be finished.

    The name of the field outlives the field: one that is removed with its add-on blocks nobody,
    and the process says that it is missing.
    """

    _name = "crm.complaint.step.need"
    _description = "Required Field of a Step"
    _inherit = ["crm.complaint.step.line"]
    _rec_name = "field_name"

    field_id = fields.Many2one(
        "ir.model.fields",
        domain="[('model', '=', 'crm.complaint'), ('readonly', '=', False),"
        " ('ttype', 'not in', ['one2many', 'boolean', 'binary', 'json', 'properties'])]",
        ondelete="set null",
        index=True,
    )
    field_name = fields.Char(
        "Name of Field",
        compute="_compute_field_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )

    @api.depends("field_id")
    def _compute_field_name(self):
        for need in self:
            # sudo: names of fields are no secret
            need.field_name = need.sudo().field_id.name or need.field_name

    @api.depends("field_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for need in self:
            need.display_name = need._get_label()

    def _is_there(self):
        """Tell whether complaints have the field (still)."""
        self.ensure_one()
        return self.field_name in self.env["crm.complaint"]._fields

    def _get_label(self):
        """Return what the form calls the field."""
        self.ensure_one()
        field = self.env["crm.complaint"]._fields.get(self.field_name)
        return field._description_string(self.env) if field else self.field_name
