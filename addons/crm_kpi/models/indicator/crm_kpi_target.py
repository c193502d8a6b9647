from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...logic import score
from ...logic.period import MONTH, QUARTER, YEAR, period_of
from ..words import tell_period

PERIODS = [(MONTH, "Month"), (QUARTER, "Quarter"), (YEAR, "Year")]
DRAFT, AGREED, REPLACED = "draft", "agreed", "replaced"
STATES = [(DRAFT, "Draft"), (AGREED, "In Force"), (REPLACED, "Replaced")]


class CrmKpiTarget(models.Model):
    """What is asked of a person, a team or a company in a period, in one version.

    A version in force is never edited: another one replaces it, and both can be read.
    """

    _name = "crm.kpi.target"
    _description = "KPI Target"
    _inherit = ["mail.thread", "crm.kpi.whose"]
    _order = "date_from desc, indicator_id, id desc"
    _check_company_auto = True

    indicator_id = fields.Many2one(
        "crm.kpi.indicator", required=True, ondelete="restrict", index=True
    )
    direction = fields.Selection(related="indicator_id.direction")
    unit = fields.Selection(related="indicator_id.unit")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users", "Employee", ondelete="restrict", index="btree_not_null", check_company=True
    )
    team_id = fields.Many2one(
        "crm.team",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        help="Neither employee nor team: the target of the company.",
    )
    period = fields.Selection(PERIODS, required=True, default=MONTH)
    date_from = fields.Date(
        "From", required=True, default=fields.Date.context_today, help="Any day of the period."
    )
    date_to = fields.Date("To", compute="_compute_date_to", store=True)
    minimum = fields.Float(digits=0, help="Gives 0 %.")
    target = fields.Float(required=True, digits=0, help="Gives 100 %.")
    has_stretch = fields.Boolean("Stretch Target")
    stretch = fields.Float(digits=0, help="Gives the cap.")
    upper = fields.Float("Up to", digits=0, help="The end of the range that gives 100 %.")
    tolerance = fields.Float(digits=0, help="So far outside the range it gives 0 %.")
    cap_percent = fields.Float("Cap (%)", default=120.0, digits=(6, 1))
    weight = fields.Float(digits=(6, 2), help="0: as on the scorecard.")
    state = fields.Selection(
        STATES, required=True, default=DRAFT, readonly=True, copy=False, tracking=True, index=True
    )
    version = fields.Integer(required=True, default=1, readonly=True, copy=False)
    replaces_id = fields.Many2one(
        "crm.kpi.target", readonly=True, copy=False, index="btree_not_null"
    )
    date_acknowledged = fields.Datetime("Agreed to on", readonly=True, copy=False)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    # two people who put targets in force at the same moment do not see each other's
    _in_force_unique = models.UniqueIndex(
        "(indicator_id, company_id, COALESCE(user_id, 0), COALESCE(team_id, 0), period, date_from)"
        " WHERE state = 'agreed'",
        "There is a target in force for these days already.",
    )
    _in_force_idx = models.Index("(company_id, date_from, date_to) WHERE state = 'agreed'")

    @api.depends("date_from", "period")
    def _compute_date_to(self):
        for target in self:
            day = target.date_from
            target.date_to = day and period_of(day, target.period).last

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for target in self:
            target.is_mine = target.user_id == self.env.user

    @api.depends("indicator_id", "whose", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for target in self:
            day, last = target.date_from, target.date_to
            period = tell_period(self.env, day, last) if day and last else ""
            target.display_name = f"{target.indicator_id.name}, {target.whose}, {period}"

    @api.constrains("minimum", "target", "has_stretch", "stretch", "upper", "tolerance")
    def _check_goal(self):
        words = {
            score.ORDER: self.env._(
                "minimum, target and stretch target have to rise (or fall, if less is better)"
            ),
            score.SPAN: self.env._(
                "the range has to end above its beginning, the tolerance is 0 or more"
            ),
            score.CAP: self.env._("the cap is 100 % or more"),
        }
        for target in self:
            if fault := score.find_fault(target._get_goal()):
                raise ValidationError(
                    self.env._(
                        "%(target)s: %(fault)s.", target=target.display_name, fault=words[fault]
                    )
                )

    @api.constrains("cap_percent", "weight", "user_id", "team_id")
    def _check_rest(self):
        self._check_goal()
        for target in self:
            if target.weight < 0:
                raise ValidationError(
                    self.env._("%(target)s: a weight is 0 or more.", target=target.display_name)
                )
            if target.user_id and target.team_id:
                raise ValidationError(
                    self.env._(
                        "%(target)s: a target is for an employee or for a team, not for both.",
                        target=target.display_name,
                    )
                )

    @api.constrains("state", "date_from", "period")
    def _check_overlap(self):
        for target in self.filtered(lambda target: target.state == AGREED):
            target._check_rival()

    def _check_rival(self):
        """Refuse a second target in force for the same days, in words."""
        if other := self.search(self._get_rival_domain(), limit=1):
            raise ValidationError(
                self.env._(
                    "%(target)s: there is a target in force for these days (%(other)s). Make a "
                    "new version of it.",
                    target=self.display_name,
                    other=other.display_name,
                )
            )

    def _get_rival_domain(self):
        """Return which other targets would hold for the same subject on the same days."""
        return Domain(
            [
                ("id", "!=", self.id),
                ("state", "=", AGREED),
                ("indicator_id", "=", self.indicator_id.id),
                ("company_id", "=", self.company_id.id),
                ("user_id", "=", self.user_id.id),
                ("team_id", "=", self.team_id.id),
                ("date_from", "<=", self.date_to),
                ("date_to", ">=", self.date_from),
                ("period", "=", self.period),
            ]
        )

    def _get_goal(self):
        """Return what is asked, as the rules of scores take it."""
        self.ensure_one()
        return score.Goal(
            target=self.target,
            minimum=self.minimum,
            stretch=self.stretch if self.has_stretch else None,
            direction=self.direction or score.MORE,
            cap=self.cap_percent,
            upper=self.upper,
            tolerance=self.tolerance,
        )
