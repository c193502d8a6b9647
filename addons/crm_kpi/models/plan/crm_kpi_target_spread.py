from zoneinfo import ZoneInfo

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...logic import score
from ...logic.period import MONTH, day_begins
from ...logic.spread import season, spread
from .crm_kpi_target_plan import AMOUNTS

SEASON, HOURS, EVEN, SAME = "season", "hours", "even", "same"
WAYS = [
    (SEASON, "By the season of past years"),
    (HOURS, "By working time"),
    (EVEN, "Evenly"),
    (SAME, "The same every month (shares, averages)"),
]


class CrmKpiTargetSpread(models.TransientModel):
    """A target of a year or a quarter becomes drafts for its months, which add up to it."""

    _name = "crm.kpi.target.spread"
    _description = "Spread a Target over Months"

    target_id = fields.Many2one(
        "crm.kpi.target",
        required=True,
        ondelete="cascade",
        domain=[("period", "in", ("quarter", "year"))],
    )
    way = fields.Selection(WAYS, compute="_compute_way", store=True, readonly=False)
    years = fields.Integer("Past Years", default=3, help="Of the whole company, each counts alike.")
    is_unknown = fields.Boolean("No Season Known", compute="_compute_is_unknown")
    line_ids = fields.One2many(
        "crm.kpi.target.spread.line",
        "spread_id",
        "Months",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    difference = fields.Float(compute="_compute_difference", digits=0)

    @api.depends("target_id")
    def _compute_way(self):
        for wizard in self:
            is_additive = wizard.target_id and wizard.target_id.indicator_id._is_additive()
            wizard.way = SEASON if is_additive else SAME

    @api.depends("target_id", "way", "years")
    def _compute_is_unknown(self):
        for wizard in self:
            wizard.is_unknown = (
                wizard.way == SEASON and bool(wizard.target_id) and wizard._get_season() is None
            )

    @api.depends("target_id", "way", "years")
    def _compute_line_ids(self):
        for wizard in self:
            rows = wizard._prepare_lines() if wizard.target_id and wizard.way else []
            wizard.line_ids = [Command.clear(), *(Command.create(row) for row in rows)]

    @api.depends("target_id", "way", "line_ids.target")
    def _compute_difference(self):
        for wizard in self:
            total = sum(wizard.line_ids.mapped("target"))
            is_same = wizard.way == SAME
            wizard.difference = 0.0 if is_same else total - wizard.target_id.target

    def _prepare_lines(self):
        """Return a row for each month, with amounts that add up to those of the target."""
        target, months = self.target_id._origin, self.target_id._origin._get_months()
        shares = self._get_shares(months)
        amounts = {
            name: [target[name]] * len(months)
            if shares is None
            else spread(target[name], shares, self._get_digits())
            for name in AMOUNTS
        }
        return [
            {"date_from": month.first, **{name: amounts[name][place] for name in AMOUNTS}}
            for place, month in enumerate(months)
        ]

    def _get_digits(self):
        """Return to how many places parts are rounded: pieces are whole, money has its cents."""
        target = self.target_id
        is_money = target.indicator_id.unit == "money"
        return target.company_id.currency_id.decimal_places if is_money else 0

    def _get_shares(self, months):
        """Return the share of each month, or None where each is asked the same."""
        if self.way == SAME:
            return None
        if self.way == HOURS:
            return [self._count_hours(month) for month in months]
        shares = self._get_season() if self.way == SEASON else None
        if shares is None:
            return [1.0] * len(months)
        return [shares[month.first.month - 1] for month in months]

    def _get_season(self):
        """Return the shares of the twelve months in past years of the company."""
        target = self.target_id._origin
        if not target.indicator_id._is_additive():
            return None
        last = target.date_from.year - 1
        count = min(max(self.years, 1), 10)
        history = target.indicator_id._get_history(
            fields.Date.to_date(f"{last - count + 1}-01-01"),
            fields.Date.to_date(f"{last}-12-31"),
            target.company_id,
        )
        begun = next((place for place, value in enumerate(history) if value), len(history))
        today = fields.Date.context_today(self)
        over = (today.year - (last - count + 1)) * 12 + today.month - 1
        # before the first document, and in months that are not over, 0 would be no knowledge
        known = [value if begun <= place < over else None for place, value in enumerate(history)]
        return season([known[place : place + 12] for place in range(0, len(known), 12)])

    def _count_hours(self, month):
        """Return the working hours of a month by the calendar of the company."""
        company = self.target_id.company_id
        calendar = company.resource_calendar_id
        if not calendar:
            return float(month.days)
        name = company._get_kpi_zone()
        zone = ZoneInfo(name if name in pytz.all_timezones_set else "UTC")
        moments = (
            pytz.utc.localize(day_begins(day, zone))
            for day in (month.first, fields.Date.add(month.last, days=1))
        )
        intervals = calendar._work_intervals_batch(*moments)[False]
        return sum((stop - start).total_seconds() for start, stop, _line in intervals) / 3600

    def action_spread(self):
        """Draft the targets of the months."""
        self.ensure_one()
        targets = self.env["crm.kpi.target"]
        targets._check_planning()
        if not self.line_ids:
            raise UserError(self.env._("Choose a target of a quarter or a year to spread."))
        is_range = self.target_id.direction == score.RANGE
        drafts = targets._draft(
            [
                self.target_id._prepare_copy(
                    period=MONTH,
                    date_from=line.date_from,
                    **{name: line[name] for name in AMOUNTS if is_range or name != "upper"},
                )
                for line in self.line_ids
            ]
        )
        return targets._open_drafts(drafts)
