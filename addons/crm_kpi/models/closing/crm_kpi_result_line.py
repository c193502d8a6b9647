from odoo import fields, models

from ...logic.judge import LineScore


class CrmKpiResultLine(models.Model):
    """How a line of the scorecard stood when its period was closed."""

    _name = "crm.kpi.result.line"
    _description = "Line of a Result"
    _inherit = ["crm.deadline.sealed"]
    _order = "result_id, sequence, id"
    _log_access = False

    result_id = fields.Many2one(
        "crm.kpi.result", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="result_id.company_id")
    sequence = fields.Integer(readonly=True)
    line_number = fields.Integer(required=True, readonly=True, help="Which line of the scorecard.")
    name = fields.Char(required=True, readonly=True)
    indicator_id = fields.Many2one("crm.kpi.indicator", readonly=True, ondelete="restrict")
    target_id = fields.Many2one(
        "crm.kpi.target", "Version of the Target", readonly=True, ondelete="restrict"
    )
    has_value = fields.Boolean(readonly=True)
    value = fields.Float(readonly=True, digits=0, aggregator=None)
    target = fields.Float(readonly=True, digits=0, aggregator=None)
    weight = fields.Float(readonly=True, digits=0, aggregator=None)
    has_score = fields.Boolean(readonly=True)
    score = fields.Float("Score (%)", readonly=True, digits=0, aggregator=None)
    points = fields.Float(readonly=True, digits=0, aggregator=None)

    def _get_score(self):
        """Return it as scores are drawn."""
        self.ensure_one()
        return LineScore(
            self.line_number,
            self.value if self.has_value else None,
            self.target_id.id or None,
            self.weight,
            self.score if self.has_score else None,
            self.points if self.has_score else None,
        )
