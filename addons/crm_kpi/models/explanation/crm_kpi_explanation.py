from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...logic import book as book_logic
from ...logic.period import period_of
from ...logic.tally import Tally, value
from ..closing.crm_kpi_result import ZONES
from ..words import tell_period


@dataclass(frozen=True)
class Ground:
    """What a score stands on: indicators, what was counted, and its lines if it is closed."""

    book: book_logic.Book
    tallies: Mapping[str, Tally | None]
    measures: Mapping[str, Any]
    kept: Mapping[int, Any]

    @property
    def values(self) -> dict[str, float | None]:
        """Values by code, of indicators and of the measures they are counted from."""
        measured = {
            code: value(aggregate, tally) if (tally := self.tallies.get(code)) else None
            for code, aggregate in self.book.aggregates.items()
        }
        return measured | book_logic.evaluate(self.book, self.tallies)


class CrmKpiExplanation(models.TransientModel):
    """A score taken apart: lines, targets, formulas, measures, documents and adjustments.

    Whatever is sent along when it is created, all of it is drawn by the server for whoever asks,
    and only about somebody whose score he may see.
    """

    _name = "crm.kpi.explanation"
    _description = "Explanation of a Score"

    card_id = fields.Many2one(
        "crm.kpi.card", "Scorecard", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Employee", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date("Day", required=True, readonly=True)
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("To", readonly=True)
    currency_id = fields.Many2one(related="card_id.currency_id")
    closing_id = fields.Many2one("crm.kpi.closing", "Closed", readonly=True, ondelete="cascade")
    result_id = fields.Many2one("crm.kpi.result", readonly=True, ondelete="cascade")
    has_score = fields.Boolean(readonly=True)
    score = fields.Float("Score (%)", readonly=True, digits=(6, 1))
    zone = fields.Selection(ZONES, readonly=True)
    bonus = fields.Monetary(readonly=True)
    line_ids = fields.One2many("crm.kpi.explanation.line", "explanation_id", "Lines", readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")
    # the only fields one may write: of whom and when to ask next
    other_user_id = fields.Many2one(
        "res.users", "Of", ondelete="cascade", domain="[('id', 'in', people_ids)]"
    )
    other_date = fields.Date("On")
    people_ids = fields.Many2many("res.users", compute="_compute_people_ids")
    can_choose = fields.Boolean(compute="_compute_people_ids")

    @api.depends("card_id")
    @api.depends_context("uid")
    def _compute_people_ids(self):
        for explanation in self:
            explanation.people_ids = explanation.card_id._get_visible_users()
            explanation.can_choose = len(explanation.people_ids) > 1

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for explanation in self:
            explanation.is_mine = explanation.user_id == self.env.user

    @api.depends("card_id", "user_id", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for explanation in self:
            # sudo: the name of somebody whose score may be seen
            name = explanation.user_id.sudo().name
            period = tell_period(self.env, explanation.date_from, explanation.date_to)
            explanation.display_name = f"{name}, {period}"

    @api.model_create_multi
    def create(self, vals_list):
        today = fields.Date.context_today(self)
        asked = [
            {
                "card_id": vals.get("card_id"),
                "user_id": vals.get("user_id") or self.env.uid,
                "date": vals.get("date") or today,
            }
            for vals in vals_list
        ]
        explanations = super().create(asked)
        for explanation in explanations:
            explanation._draw()
        return explanations

    def write(self, vals):
        if not vals.keys() - {"other_user_id", "other_date"}:
            return super().write(vals)
        raise AccessError(self.env._("An explanation is drawn, not written. Ask for another one."))

    def _fill(self, vals):
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

    def _draw(self):
        """Take the score apart as it stands, or as it was closed."""
        self.ensure_one()
        card, user = self.card_id, self.user_id
        card.check_access("read")
        period = period_of(self.date, card.period)
        if user not in card._get_judged_users(period):
            raise AccessError(
                self.env._(
                    "You may not see how this employee stands on the scorecard %(card)s.",
                    card=card.name,
                )
            )
        stands = card._draw_scores(period, user)[user]
        # sudo: a score is explained by all it was drawn from; documents obey the user's rights
        result = card.sudo()._find_result(period, user)
        self.sudo()._fill(  # drawn by the server only
            {
                "date_from": period.first,
                "date_to": period.last,
                "closing_id": result.closing_id.id,
                "result_id": result.id,
                "has_score": stands.score is not None,
                "score": stands.score or 0.0,
                "zone": stands.zone,
                "bonus": stands.bonus or 0.0,
            }
        )
        lines = self.env["crm.kpi.explanation.line"].sudo()  # as above
        lines._draw_lines(self, stands, self._get_ground(period, result))

    def _get_ground(self, period, result):
        """Return what the score stands on: as it is, or as it was closed."""
        card = self.card_id.sudo()  # as above
        if result:
            closing = result.closing_id
            return Ground(
                closing._get_book(),
                result._get_tallies(),
                closing._get_measures(),
                {line.line_number: line for line in result.line_ids},
            )
        order, found = card.line_ids.indicator_id._get_graph()
        measures = {measure.code: measure for measure in found}
        tallies = card._find_tallies(measures, period.first, period.last, [self.user_id])
        book = card._make_book(order, found)
        return Ground(book, tallies[card._get_key(self.user_id)], measures, {})

    def action_ask_again(self):
        """Explain the score of another employee or another period."""
        self.ensure_one()
        return self.card_id._explain(
            self.other_user_id or self.user_id, self.other_date or self.date
        )

    def action_appeal(self):
        """Say what is wrong with one's own score."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appeal"),
            "res_model": "crm.kpi.appeal",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_card_id": self.card_id.id, "default_date": self.date_from},
        }

    def _get_adjustments(self):
        """Return what was adjusted in the period, by indicator."""
        adjustments = self.env["crm.kpi.adjustment"].sudo()  # his score may be seen, so may this
        found = adjustments.search(
            [
                ("card_id", "=", self.card_id.id),
                ("user_id", "=", self.user_id.id),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ]
        )
        if self.closing_id:
            closed_on = self.closing_id.sudo().date_closed  # as above
            found = found.filtered(lambda adjustment: adjustment.create_date <= closed_on)
        return defaultdict(list, found.grouped("indicator_id"))
