from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..indicator.crm_kpi_target import PERIODS

ZONE, TREND, DEVIATION, STAGE, SILENT = "zone", "trend", "deviation", "stage", "silent"
FORECAST = "forecast"
KINDS = [
    (ZONE, "Score in the red zone"),
    (FORECAST, "Forecast below plan"),
    (TREND, "Worse and worse"),
    (DEVIATION, "Far from own history"),
    (STAGE, "Too many opportunities in one stage"),
    (SILENT, "Customer without contact"),
]
PERSON, TEAM, COMPANY = "person", "team", "company"
LEVELS = [(COMPANY, "Company"), (TEAM, "Team"), (PERSON, "Employee")]
#: Kinds that follow an indicator over periods.
FOLLOWING = {TREND, DEVIATION}


class CrmKpiWatch(models.Model):
    """What is not normal: as data, looked for every hour."""

    _name = "crm.kpi.watch"
    _description = "Rule of Incidents"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(KINDS, required=True, default=ZONE, tracking=True)
    level = fields.Selection(LEVELS, required=True, default=PERSON, tracking=True)
    card_id = fields.Many2one(
        "crm.kpi.card",
        "Scorecard",
        ondelete="cascade",
        check_company=True,
        help="Empty: all scorecards of the company.",
    )
    indicator_id = fields.Many2one("crm.kpi.indicator", ondelete="cascade", check_company=True)
    period = fields.Selection(PERIODS, required=True, default="month")
    is_present = fields.Boolean(
        "Period Not Over Yet",
        help="Judge the present period as it stands so far, not the last one that is over.",
    )
    limit = fields.Float(
        digits=(6, 1),
        default=2.0,
        tracking=True,
        help="Far from own history: so many standard deviations are allowed. Too many in one "
        "stage: from this share in percent on. Forecast: below this share of the plan in percent.",
    )
    least_count = fields.Integer(
        "At Least", default=10, help="With fewer opportunities a share tells nothing."
    )
    steps = fields.Integer(default=3, help="So many periods in a row, each worse than before.")
    silent_days = fields.Integer("Days without Contact", default=30, tracking=True)
    partner_domain = fields.Char(
        "Customers", default="[]", help="Which customers have to be heard of."
    )
    owner_id = fields.Many2one(
        "res.users",
        check_company=True,
        domain=[("share", "=", False)],
        help="Who has to find the cause. Empty: the leader of the team.",
    )
    term_days = fields.Integer("Term (Days)", default=3)
    note = fields.Text("What to Do", translate=True, help="Read by whoever gets the incident.")
    problem = fields.Char("What Is Wrong", readonly=True, copy=False)
    date_looked = fields.Datetime("Looked on", readonly=True, copy=False)
    incident_ids = fields.One2many("crm.kpi.incident", "rule_id", "Incidents")

    _numbers_positive = models.Constraint(
        'CHECK(steps > 0 AND silent_days > 0 AND term_days >= 0 AND "limit" > 0)',
        "Limit, steps and days have to be above 0.",
    )

    @api.constrains("kind", "indicator_id", "partner_domain")
    def _check_meaning(self):
        for rule in self:
            if rule.kind in FOLLOWING and not rule.indicator_id:
                raise ValidationError(
                    self.env._("%(rule)s: choose the indicator that is followed.", rule=rule.name)
                )
            if rule.kind == SILENT:
                rule._check_customers()

    def _check_customers(self):
        try:
            self.env["res.partner"]._search(self._get_customer_domain())
        except Exception as error:  # a condition may be wrong in any way
            raise ValidationError(
                self.env._(
                    "%(rule)s: the condition on customers cannot be read (%(error)s).",
                    rule=self.name,
                    error=error,
                )
            ) from error

    def _get_customer_domain(self):
        """Hook: return which customers have to be heard of: whole ones, not their people."""
        self.ensure_one()
        # a literal, never code
        return Domain(literal_eval(self.partner_domain or "[]")) & Domain("parent_id", "=", False)
