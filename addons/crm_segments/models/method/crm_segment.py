from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.translate import LazyGettext

from .standard_classes import STANDARD_CLASSES


class CrmSegment(models.Model):
    """A class of a method: A, B, C; what it is called, and what is to be done with its customers.

    Methods make their classes themselves; a manager names and colors them and says what to do.
    """

    _name = "crm.segment"
    _description = "Customer Class"
    _order = "method_id, sequence, id"
    _rec_names_search = ["name", "code", "method_id.name"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    method_id = fields.Many2one(
        "crm.segment.method", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="method_id.company_id", store=True, index=True)
    active = fields.Boolean(related="method_id.active", store=True)
    kind = fields.Selection(related="method_id.kind")
    sequence = fields.Integer(readonly=True, help="The best first.")
    color = fields.Integer()
    advice = fields.Text(
        "What to Do", translate=True, help="Read by those who work with these customers."
    )
    member_count = fields.Integer("Customers", compute="_compute_member_count")

    _code_unique = models.Constraint(
        "UNIQUE(method_id, code)", "The method has this class already."
    )

    @api.depends("name", "method_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for segment in self:
            segment.display_name = f"{segment.method_id.name}: {segment.name}"

    @api.model
    def _search_display_name(self, operator, value):
        """Find classes by the names they are shown with, too: "ABC of won revenue: A"."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        found = Domain(super()._search_display_name(operator, value))
        values, operator = (value, "=") if operator == "in" else ([value], operator)
        for one in values:
            if isinstance(one, str) and ": " in one:
                # the method's name may have a colon of its own
                method, _colon, name = one.rpartition(": ")
                found |= Domain("method_id.name", operator, method) & Domain("name", operator, name)
        return found

    @api.depends("method_id.date_counted")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_member_count(self):
        counts = self.env["crm.segment.membership"]._read_group(
            [("segment_id", "in", self.ids)], ["segment_id"], ["__count"]
        )
        found = {segment.id: count for segment, count in counts}
        for segment in self:
            segment.member_count = found.get(segment.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        raise self._fixed_error()

    def write(self, vals):
        if vals.keys() - {"name", "color", "advice"}:
            raise self._fixed_error()
        return super().write(vals)

    def unlink(self):
        # pylint: disable=no-raise-unlink; removing the add-on drops the table and asks nobody
        raise self._fixed_error()

    def action_view_members(self):
        """Show the customers in the class."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_segments.crm_segment_membership_action"
        )
        return {**action, "domain": [("segment_id", "in", self.ids)], "context": {}}

    def _fixed_error(self):
        return UserError(
            self.env._(
                "Classes belong to their method. Name and color them and say what to do; for "
                "others define another method."
            )
        )

    # pylint: disable=super-method-mismatch; going round our own refusals is the point below

    @api.model
    def _make(self, vals_list):
        """Create classes. For their method only."""
        # sudo: whoever may define a method has its classes
        return super(CrmSegment, self.sudo()).create(vals_list)

    def _translate(self, kind):
        """Say name and advice in the language of the context."""
        standard = {values["code"]: values for values in self._get_standard_classes(kind)}
        for segment in self:
            values = standard[segment.code]
            segment.write({"name": values["name"], "advice": values["advice"]})

    def _drop(self):
        """Delete classes nobody is in. For their method only."""
        return super().unlink()

    @api.model
    def _get_standard_classes(self, kind):
        """Return the values of the classes of a kind, in the language of the context."""
        return [
            {name: self._say(value) for name, value in standard._asdict().items()}
            for standard in STANDARD_CLASSES[kind]
        ]

    def _say(self, value):
        return self.env._(value) if isinstance(value, LazyGettext) else value
