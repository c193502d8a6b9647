from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..codes import find_free_code
from ..measure.crm_kpi_measure import DIRECTIONS, UNITS

MEASURE, FORMULA = "measure", "formula"
KINDS = [(MEASURE, "A measure"), (FORMULA, "A formula over measures")]


class CrmKpiIndicator(models.Model):
    """What people are judged by: a measure as it is, or a formula over measures and indicators."""

    _name = "crm.kpi.indicator"
    _description = "KPI Indicator"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(
        required=True,
        copy=False,
        tracking=True,
        help="How formulas call it; it goes before a measure of the same code.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    note = fields.Text("Explanation", translate=True, help="Read by those who are judged.")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all.")
    kind = fields.Selection(KINDS, required=True, default=MEASURE, tracking=True)
    measure_id = fields.Many2one(
        "crm.kpi.measure", ondelete="restrict", index="btree_not_null", tracking=True
    )
    formula = fields.Char(
        tracking=True,
        help="Codes of measures and indicators, numbers, + - * / and parentheses, min(), max() "
        "and percent(part, whole). What has no value makes no value, never 0.",
    )
    unit = fields.Selection(UNITS, compute="_compute_from_measure", store=True, readonly=False)
    direction = fields.Selection(
        DIRECTIONS, compute="_compute_from_measure", store=True, readonly=False
    )
    problem = fields.Char("What Is Wrong", compute="_compute_problem")
    target_ids = fields.One2many("crm.kpi.target", "indicator_id", "Targets")

    _code_unique = models.Constraint("UNIQUE(code)", "Another indicator has this code.")

    @api.depends("kind", "measure_id")
    def _compute_from_measure(self):
        for indicator in self:
            measure = indicator.measure_id if indicator.kind == MEASURE else None
            indicator.unit = (measure and measure.unit) or indicator.unit or "number"
            indicator.direction = (measure and measure.direction) or indicator.direction or "more"

    @api.depends("kind", "measure_id.state", "measure_id.problem", "formula")
    def _compute_problem(self):
        for indicator in self:
            indicator.problem = indicator._find_problem() or False

    @api.constrains("kind", "measure_id", "formula", "code")
    def _check_meaning(self):
        self.env["crm.kpi.measure"]._check_words(self.mapped("code"))
        for indicator in self:
            if indicator.kind == MEASURE and not indicator.measure_id:
                raise ValidationError(
                    self.env._("%(indicator)s: choose a measure.", indicator=indicator.name)
                )
            if indicator.kind == FORMULA and (fault := indicator._find_fault()):
                raise ValidationError(fault)
        self._check_cycle()

    def _find_problem(self):
        """Return why there is no value at all, or nothing: what it reads is broken."""
        self.ensure_one()
        if self.kind == FORMULA and (fault := self._find_fault()):
            return fault
        for measure in self._get_measures():
            if measure.state == "broken":
                return measure.problem
        return None

    def copy_data(self, default=None):
        # a code says which one formulas mean
        return [
            {"code": find_free_code(self, one.code), **vals}
            for one, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def action_open_targets(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_kpi.crm_kpi_target_action")
        return {
            **action,
            "domain": [("indicator_id", "=", self.id)],
            "context": {"default_indicator_id": self.id},
        }
