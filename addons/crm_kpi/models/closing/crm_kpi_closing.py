from odoo import api, fields, models

from ...logic import book, judge
from ..indicator.crm_kpi_target import PERIODS
from ..words import tell_period


class CrmKpiClosing(models.Model):
    """A closed period of a scorecard: what it asked, how it counted, and what came of it.

    Nothing of it changes any more. It holds a digest of itself and of the one before it, so that
    whoever changes the tables behind Odoo's back can be found out.
    """

    _name = "crm.kpi.closing"
    _description = "Closed Period"
    _inherit = ["crm.deadline.sealed"]
    _order = "date_from desc, id desc"

    card_id = fields.Many2one(
        "crm.kpi.card", "Scorecard", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    period = fields.Selection(PERIODS, required=True, readonly=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Closed by", required=True, readonly=True, ondelete="restrict"
    )
    date_closed = fields.Datetime("Closed on", required=True, readonly=True)
    plan = fields.Json(readonly=True, help="Lines, weights, zones and the scale of the bonus.")
    book = fields.Json(readonly=True, help="Indicators, formulas and measures, as they were.")
    last_fact_id = fields.Integer(readonly=True, help="Facts up to this one were counted.")
    facts_digest = fields.Char("Digest of Facts", readonly=True)
    digest = fields.Char(readonly=True)
    previous_id = fields.Many2one("crm.kpi.closing", "The One Before", readonly=True)
    # how much was there when late data was looked for last
    seen_count = fields.Integer(readonly=True)
    result_ids = fields.One2many("crm.kpi.result", "closing_id", "Results", readonly=True)
    restatement_ids = fields.One2many(
        "crm.kpi.restatement", "closing_id", "Restatements", readonly=True
    )

    _period_unique = models.Constraint(
        "UNIQUE(card_id, date_from, date_to)", "This period of the scorecard is closed already."
    )

    @api.depends("card_id", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for closing in self:
            name = closing.card_id.sudo().name  # of a scorecard the user was judged by
            period = tell_period(self.env, closing.date_from, closing.date_to)
            closing.display_name = f"{name}, {period}"

    def _get_plan(self):
        """Return the scorecard as it was."""
        return judge.load_plan(self.plan)

    def _get_book(self):
        """Return the indicators as they were."""
        return book.load(self.book)

    def _get_measures(self):
        """Return the measures it was counted from, by code as it was then."""
        measures = self.env["crm.kpi.measure"].with_context(active_test=False)
        return {
            code: measures.browse(kept["id"]).exists()
            for code, kept in sorted(self.book["measures"].items())
        }
