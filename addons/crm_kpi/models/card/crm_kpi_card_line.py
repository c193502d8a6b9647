from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmKpiCardLine(models.Model):
    """A line of a scorecard: an indicator with its weight, or a perspective with lines below."""

    _name = "crm.kpi.card.line"
    _description = "Line of a Scorecard"
    _order = "card_id, sequence, id"
    _parent_name = "parent_id"

    card_id = fields.Many2one("crm.kpi.card", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Perspective", translate=True, help="Empty: the name of the indicator.")
    parent_id = fields.Many2one(
        "crm.kpi.card.line",
        "Part of",
        ondelete="cascade",
        index="btree_not_null",
        copy=False,  # a copied card finds its own
        domain="[('card_id', '=', card_id), ('indicator_id', '=', False)]",
    )
    child_ids = fields.One2many("crm.kpi.card.line", "parent_id", "Parts")
    indicator_id = fields.Many2one("crm.kpi.indicator", ondelete="restrict", index="btree_not_null")
    weight = fields.Float(default=1.0, digits=(6, 2), help="Beside its neighbors; 0: only shown.")

    @api.depends("name", "indicator_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or line.indicator_id.name

    @api.constrains("parent_id", "indicator_id", "weight", "card_id", "name")
    def _check_tree(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A perspective cannot be a part of itself."))
        for line in self:
            words = {"line": line.display_name or "?"}
            if line.weight < 0:
                raise ValidationError(self.env._("%(line)s: a weight is 0 or more.", **words))
            if not line.indicator_id and not line.name:
                raise ValidationError(
                    self.env._("A line is an indicator or a perspective with a name.")
                )
            if line.parent_id.indicator_id or (line.indicator_id and line.child_ids):
                raise ValidationError(
                    self.env._(
                        "%(line)s: only perspectives have parts, indicators have none.", **words
                    )
                )
            if line.parent_id and line.parent_id.card_id != line.card_id:
                raise ValidationError(
                    self.env._("%(line)s: its perspective is on another scorecard.", **words)
                )
