from odoo import fields, models


class CrmKpiTargetSpreadLine(models.TransientModel):
    """A month of a plan of a year, before it is drafted."""

    _name = "crm.kpi.target.spread.line"
    _description = "Month of a Spread Target"
    _order = "date_from"

    spread_id = fields.Many2one(
        "crm.kpi.target.spread", required=True, ondelete="cascade", index=True
    )
    date_from = fields.Date("Month", required=True)
    minimum = fields.Float(digits=0)
    target = fields.Float(digits=0)
    stretch = fields.Float(digits=0)
    upper = fields.Float("Up to", digits=0)
    tolerance = fields.Float(digits=0)
