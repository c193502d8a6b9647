from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...logic import score
from ..indicator.crm_kpi_target import PERIODS

BONUSES = [(score.STEPS, "In steps"), (score.LINEAR, "Along a line")]


class CrmKpiCard(models.Model):
    """A scorecard: by which indicators some people are judged, how they weigh, and what for."""

    _name = "crm.kpi.card"
    _description = "Scorecard"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    note = fields.Text("Explanation", translate=True, help="Read by those who are judged.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    period = fields.Selection(PERIODS, required=True, default="month", tracking=True)
    user_ids = fields.Many2many("res.users", string="Employees")
    team_ids = fields.Many2many(
        "crm.team",
        string="Teams",
        help="Judged by their own targets and all that their people did.",
    )
    is_for_company = fields.Boolean("Company Too", help="Judged by the targets of the company.")
    line_ids = fields.One2many("crm.kpi.card.line", "card_id", "Lines", copy=True)
    yellow_from = fields.Float(
        "Yellow from (%)",
        default=lambda self: self.env.company.kpi_yellow_from,
        digits=(5, 1),
        tracking=True,
    )
    green_from = fields.Float(
        "Green from (%)",
        default=lambda self: self.env.company.kpi_green_from,
        digits=(5, 1),
        tracking=True,
    )
    bonus_kind = fields.Selection(BONUSES, "Bonus", required=True, default=score.STEPS)
    rung_ids = fields.One2many("crm.kpi.card.rung", "card_id", "Scale of the Bonus", copy=True)

    @api.constrains("yellow_from", "green_from")
    def _check_zones(self):
        for card in self:
            if not 0 <= card.yellow_from <= card.green_from:
                raise ValidationError(
                    self.env._(
                        "%(card)s: yellow has to begin at 0 %% or more, and not above green.",
                        card=card.name,
                    )
                )

    def copy(self, default=None):
        copies = super().copy(default)
        if "line_ids" not in (default or {}):
            for card, twin in zip(self, copies, strict=True):
                lines, twins = card.line_ids.sorted("id"), twin.line_ids.sorted("id")
                pairs = dict(zip(lines, twins, strict=True))
                for line in lines.filtered("parent_id"):
                    pairs[line].parent_id = pairs[line.parent_id]
        return copies

    def _get_rungs(self):
        self.ensure_one()
        return [score.Rung(rung.score, rung.amount) for rung in self.rung_ids]
