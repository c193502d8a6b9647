from odoo import api, fields, models

from ..known import only_known

#: What says that a figure is known.
KNOWN_BY = {
    "accuracy": "is_settled",
    "actual": "is_settled",
    "by_work": "has_work",
    "plan": "has_plan",
}


class CrmKpiForecast(models.Model):
    """What was expected on a day: kept as it was said, and compared when the period is over."""

    _name = "crm.kpi.forecast"
    _description = "Forecast"
    _inherit = ["crm.deadline.sealed", "crm.kpi.whose"]
    _order = "date desc, id desc"
    _rec_name = "funnel_id"
    _log_access = False

    funnel_id = fields.Many2one(
        "crm.kpi.funnel", required=True, readonly=True, ondelete="restrict", index=True
    )
    indicator_id = fields.Many2one(related="funnel_id.indicator_id")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", "Employee", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    team_id = fields.Many2one(
        "crm.team", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    date = fields.Date("Made on", required=True, readonly=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True)
    done = fields.Float("So Far", readonly=True, digits=0)
    by_pace = fields.Float(readonly=True, digits=0, aggregator="avg")
    by_work = fields.Float("By Work in Hand", readonly=True, digits=0, aggregator="avg")
    has_work = fields.Boolean("Work in Hand Counted", readonly=True)
    expected = fields.Float(readonly=True, digits=0, aggregator="avg")
    plan = fields.Float(readonly=True, digits=0, aggregator="avg")
    has_plan = fields.Boolean("With Plan", readonly=True)
    is_below = fields.Boolean("Below Plan", readonly=True)
    is_settled = fields.Boolean("Period Is Over", readonly=True)
    actual = fields.Float("Came Out", readonly=True, digits=0, aggregator="avg")
    accuracy = fields.Float(
        "Accuracy (%)",
        readonly=True,
        aggregator="avg",
        digits=(4, 1),
        help="Of forecasts whose period is over; 0 before.",
    )

    _once = models.UniqueIndex("(funnel_id, date, COALESCE(user_id, 0), COALESCE(team_id, 0))")
    _open_idx = models.Index("(funnel_id, date_to) WHERE is_settled IS NOT TRUE")

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Leave forecasts without a plan, or not compared yet, out of means."""
        aggregate = super()._read_group_select(aggregate_spec, query)
        return only_known(self, KNOWN_BY, aggregate_spec, query, aggregate)
