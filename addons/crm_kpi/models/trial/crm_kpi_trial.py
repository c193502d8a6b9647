from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import formatLang

from ...logic import score, trial
from ...logic.period import period_of
from ...logic.tally import MAXIMUM, MINIMUM, SUM


class CrmKpiTrial(models.TransientModel):
    """A trial: two more deals of 100,000 make so many points and so much bonus. Nothing is kept."""

    _name = "crm.kpi.trial"
    _description = "Trial of a Score"

    card_id = fields.Many2one("crm.kpi.card", "Scorecard", required=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users",
        "Employee",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    date = fields.Date("Day", required=True, default=fields.Date.context_today)
    currency_id = fields.Many2one(related="card_id.currency_id")
    number = fields.Integer("How Many More", default=1)
    worth = fields.Float(
        "Each Worth", compute="_compute_worth", store=True, readonly=False, digits=0
    )
    known_measure_ids = fields.Many2many(
        "crm.kpi.measure", "crm_kpi_trial_known_rel", compute="_compute_known_measure_ids"
    )
    measure_ids = fields.Many2many(
        "crm.kpi.measure",
        string="Counts For",
        compute="_compute_measure_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', known_measure_ids)]",
    )
    has_score = fields.Boolean(compute="_compute_scores")
    score_now = fields.Float("Score Now (%)", compute="_compute_scores", digits=(6, 1))
    score_then = fields.Float("Score Then (%)", compute="_compute_scores", digits=(6, 1))
    points = fields.Float("More Points", compute="_compute_scores", digits=(6, 1))
    bonus_now = fields.Monetary(compute="_compute_scores")
    bonus_then = fields.Monetary(compute="_compute_scores")
    bonus_more = fields.Monetary("More Bonus", compute="_compute_scores")
    advice = fields.Char(compute="_compute_scores")

    @api.depends("card_id")
    def _compute_known_measure_ids(self):
        for record in self:
            indicators = record.card_id.sudo().line_ids.indicator_id  # of a card the user sees
            record.known_measure_ids = indicators._get_measures() if indicators else False

    @api.depends("card_id")
    def _compute_measure_ids(self):
        """Begin with what is good to have more of, on the documents of the first line."""
        for record in self:
            lines = record.card_id.sudo().line_ids  # of a card the user sees
            first = lines.indicator_id[:1]._get_measures()[:1] if lines.indicator_id else None
            record.measure_ids = record.known_measure_ids.filtered(
                lambda measure, first=first: (
                    first
                    and measure.model_name == first.model_name
                    and measure.direction != score.LESS
                    and measure.aggregate not in (MINIMUM, MAXIMUM)
                )
            )

    @api.depends("card_id", "user_id", "date")
    def _compute_worth(self):
        """Begin with what one of them was worth so far."""
        for record in self:
            summed = record.measure_ids.filtered(lambda measure: measure.aggregate == SUM)[:1]
            ground = record._get_ground() if summed and record.user_id else None
            tally = ground and ground.tallies.get(summed.code)
            record.worth = round(tally.total / tally.count) if tally and tally.count else 0

    @api.depends("card_id", "user_id", "date", "number", "worth", "measure_ids")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_scores(self):
        for record in self:
            ground = record._get_ground() if record.card_id and record.user_id else None
            record._show(ground)

    def _show(self, ground):
        """Show how it stands and how it would stand."""
        deed = trial.Deed(
            max(self.number, 0), self.worth, frozenset(self.measure_ids.mapped("code"))
        )
        now = trial.stand(ground) if ground else None
        then = trial.stand(ground, deed) if ground else None
        self.has_score = bool(then) and then.score is not None
        self.score_now = (now and now.score) or 0.0
        self.score_then = (then and then.score) or 0.0
        self.points = self.score_then - self.score_now
        self.bonus_now = (now and now.bonus) or 0.0
        self.bonus_then = (then and then.bonus) or 0.0
        self.bonus_more = self.bonus_then - self.bonus_now
        self.advice = self._advise(ground, deed, now) if self.has_score else False

    def _advise(self, ground, deed, now):
        """Return in words what the next step of the bonus takes."""
        rung = trial.next_rung(ground, now)
        if rung is None:
            return self.env._("The scale of the bonus has no further step.")
        words = {
            "score": formatLang(self.env, rung, digits=1),
            "worth": formatLang(self.env, deed.worth, digits=0),
        }
        count = trial.how_many(ground, deed, rung)
        if count is None:
            return self.env._(
                "The next step of the bonus is at %(score)s %%: not to be reached by this alone.",
                **words,
            )
        return self.env._(
            "The next step of the bonus is at %(score)s %%: %(count)s more of %(worth)s.",
            count=count,
            **words,
        )

    def _get_ground(self):
        """Return all that the score of the employee is judged by."""
        card, user = self.card_id, self.user_id
        # in a form that is not saved records are shadows of those in the table
        card, user = card._origin or card, user._origin or user
        card.check_access("read")
        if user not in card._get_visible_users():
            raise AccessError(
                self.env._(
                    "You may not see how this employee stands on the scorecard %(card)s.",
                    card=card.name,
                )
            )
        card = card.sudo()  # a score is drawn from everything, whoever may see it
        period = period_of(self.date or fields.Date.context_today(self), card.period)
        indicators = card.line_ids.indicator_id
        order, measures = indicators._get_graph()
        by_code = {measure.code: measure for measure in measures}
        key = card._get_key(user)
        return trial.Ground(
            plan=card._make_plan(),
            book=card._make_book(order, measures),
            aims=card._find_aims([period], user, indicators)[period].get(user.id, {}),
            tallies=card._find_tallies(by_code, period.first, period.last, [user])[key],
            amounts=card._find_adjustments([period])[period].get(key, {}),
        )
