from odoo import api, fields, models

from ...logic import judge, score
from ...logic.tally import Tally
from ..known import only_known
from ..words import tell_period

#: What says that a figure is known.
KNOWN_BY = {"score": "has_score"}
ZONES = [(score.RED, "Red"), (score.YELLOW, "Yellow"), (score.GREEN, "Green")]


class CrmKpiResult(models.Model):
    """What came of a closed period for an employee, a team or the company."""

    _name = "crm.kpi.result"
    _description = "Result of a Closed Period"
    _inherit = ["crm.deadline.sealed", "crm.kpi.whose"]
    _order = "date_from desc, score desc, id"

    closing_id = fields.Many2one(
        "crm.kpi.closing", required=True, readonly=True, ondelete="cascade", index=True
    )
    card_id = fields.Many2one(
        "crm.kpi.card", "Scorecard", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Employee", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    team_id = fields.Many2one(
        "crm.team",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The team that was judged, or the employee's own when the period was closed.",
    )
    has_score = fields.Boolean(readonly=True)
    score = fields.Float("Score (%)", readonly=True, digits=0, aggregator="avg")
    zone = fields.Selection(ZONES, readonly=True)
    bonus = fields.Monetary(readonly=True)
    aims = fields.Json(readonly=True, help="What was asked, by which version of the targets.")
    tallies = fields.Json(readonly=True, help="What the facts added up to.")
    adjustments = fields.Json(readonly=True)
    line_ids = fields.One2many("crm.kpi.result.line", "result_id", "Lines", readonly=True)
    restatement_ids = fields.One2many(
        "crm.kpi.restatement", "result_id", "Restatements", readonly=True
    )
    is_restated = fields.Boolean("Restated", compute="_compute_is_restated")

    @api.depends("restatement_ids")
    def _compute_is_restated(self):
        for result in self:
            result.is_restated = bool(result.restatement_ids)

    @api.depends("whose", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for result in self:
            period = tell_period(self.env, result.date_from, result.date_to)
            result.display_name = f"{result.whose}, {period}"

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Leave those without a score out of means."""
        aggregate = super()._read_group_select(aggregate_spec, query)
        return only_known(self, KNOWN_BY, aggregate_spec, query, aggregate)

    def _get_aims(self):
        """Return what was asked, by code of an indicator."""
        return judge.load_aims(self.aims or {})

    def _get_tallies(self):
        """Return what facts added up to, by code of a measure."""
        return {code: kept and Tally(**kept) for code, kept in (self.tallies or {}).items()}
