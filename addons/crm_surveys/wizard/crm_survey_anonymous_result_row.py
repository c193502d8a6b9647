from odoo import fields, models


class CrmSurveyAnonymousResultRow(models.TransientModel):
    """A figure that may be shown, of a group large enough to hide each of its people."""

    _name = "crm.survey.anonymous.result.row"
    _description = "Row of Anonymous Results"
    _order = "sequence, id"

    result_id = fields.Many2one(
        "crm.survey.anonymous.result", required=True, readonly=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(readonly=True, aggregator=None)
    group = fields.Char("Of", readonly=True)
    name = fields.Char(readonly=True)
    measure = fields.Char("What", readonly=True)
    value = fields.Float("Figure", readonly=True, aggregator=None, digits=(4, 1))
    has_bounds = fields.Boolean(readonly=True)
    low = fields.Float("At Least", readonly=True, aggregator=None, digits=(4, 1))
    high = fields.Float("At Most", readonly=True, aggregator=None, digits=(4, 1))
    count = fields.Integer("Answers", readonly=True, aggregator=None)
