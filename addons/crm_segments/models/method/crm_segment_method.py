from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import abc, bcg, xyz

ABC, XYZ, BCG, RFM, DOMAIN = "abc", "xyz", "bcg", "rfm", "domain"
#: What decides who is in which class: a change of it is told apart from one of customers.
MEANING = {
    "kind",
    "source",
    "company_id",
    "currency_id",
    "domain",
    "period_months",
    "period_count",
    "a_percent",
    "b_percent",
    "x_percent",
    "y_percent",
    "least_periods",
    "is_seasonal",
    "share_percent",
    "growth_percent",
}
#: What only the job writes, as it is before the first run.
UNFOUND = {"state": "draft", "problem": False, "date_counted": False, "is_redefined": False}


class CrmSegmentMethod(models.Model):
    """How customers are split: a kind of analysis, a source of figures, periods and thresholds.

    Data, not code. The engine compiles a method into one statement, which puts customers into its
    classes (``crm.segment``), writes only what has changed, and keeps each change with its figures.
    """

    _name = "crm.segment.method"
    _description = "Segmentation Method"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True,
        tracking=True,
        help="What is archived is computed no more, and its classes are no filter any more.",
    )
    note = fields.Text("Explanation", translate=True)
    kind = fields.Selection(
        [
            (ABC, "ABC: share of the whole"),
            (XYZ, "XYZ: how evenly they buy"),
            (BCG, "BCG: share and growth"),
            (RFM, "RFM: how recently, how often, how much"),
            (DOMAIN, "Condition: those who meet it"),
        ],
        required=True,
        default=ABC,
        tracking=True,
    )
    source = fields.Selection(
        [("won", "Won opportunities")],
        required=True,
        default="won",
        tracking=True,
        help="Which documents bring the figures. More apps, more sources.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        help="Its documents and those of its branches count.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Other currencies are converted at the rate of the last day of each period.",
    )
    domain = fields.Char(
        "Customers",
        default="[]",
        required=True,
        tracking=True,
        help="Only these customers are classed, and make up the whole. A person counts as the "
        "company he or she belongs to.",
    )
    period_months = fields.Selection(
        [("1", "Months"), ("3", "Quarters"), ("6", "Half-Years"), ("12", "Years")],
        "Period",
        required=True,
        default="1",
        tracking=True,
    )
    period_count = fields.Integer(
        "Number of Periods",
        default=12,
        required=True,
        tracking=True,
        help="The last whole periods before the present one.",
    )
    # ABC
    a_percent = fields.Float(
        "A up to (%)",
        default=float(abc.Thresholds.a_percent),
        tracking=True,
        help="The largest customers who together bring this part of the whole.",
    )
    b_percent = fields.Float("B up to (%)", default=float(abc.Thresholds.b_percent), tracking=True)
    # XYZ
    x_percent = fields.Float(
        "X up to (%)",
        default=float(xyz.Thresholds.x_percent),
        tracking=True,
        help="The standard deviation of the periods' sums in percent of their mean.",
    )
    y_percent = fields.Float("Y up to (%)", default=float(xyz.Thresholds.y_percent), tracking=True)
    least_periods = fields.Integer(
        "Judged from Period",
        default=xyz.Thresholds.least_periods,
        tracking=True,
        help="Who has been a customer for fewer periods is new, and not judged yet.",
    )
    is_seasonal = fields.Boolean(
        "Same Season Only",
        tracking=True,
        help="Compares each period with the same season of other years: who buys each December and "
        "never else, buys evenly. Needs two years at least.",
    )
    # BCG
    share_percent = fields.Float(
        "High Share from (%)", default=float(bcg.Thresholds.share_percent), tracking=True
    )
    growth_percent = fields.Float(
        "High Growth from (%)",
        default=float(bcg.Thresholds.growth_percent),
        tracking=True,
        help="Against as many periods before.",
    )
    segment_ids = fields.One2many(
        "crm.segment", "method_id", string="Classes", context={"active_test": False}
    )
    # what the job found
    state = fields.Selection(
        [("draft", "Draft"), ("running", "In Use"), ("broken", "Broken")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    problem = fields.Char("What Is Wrong", readonly=True, copy=False)
    date_counted = fields.Datetime("Computed on", readonly=True, copy=False)
    is_redefined = fields.Boolean("Changed since", readonly=True, copy=False)
    member_count = fields.Integer("Customers in It", compute="_compute_member_count")

    @api.depends("company_id")
    def _compute_currency_id(self):
        for method in self:
            method.currency_id = method.company_id.currency_id

    @api.depends("date_counted")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_member_count(self):
        counts = self.env["crm.segment.membership"]._read_group(
            [("method_id", "in", self.ids)], ["method_id"], ["__count"]
        )
        found = {method.id: count for method, count in counts}
        for method in self:
            method.member_count = found.get(method.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_found(vals)
        # explicit, because the caller's context could give defaults for them
        methods = super().create([{**vals, **UNFOUND} for vals in vals_list])
        methods._make_classes()
        return methods

    def write(self, vals):
        self._check_found(vals)
        self._check_identity(vals)
        is_new_kind = any(method.kind != vals.get("kind", method.kind) for method in self)
        if MEANING & vals.keys():
            vals = {**vals, "is_redefined": True}
        result = super().write(vals)
        if is_new_kind:
            self._make_classes()
        return result

    def _check_found(self, vals):
        if UNFOUND.keys() & vals.keys():
            raise UserError(self.env._("What has been computed is noted by the job only."))

    def _check_identity(self, vals):
        """Refuse to make another method of one that has a history."""
        for method in self.filtered("date_counted"):
            is_other = any(
                method._fields[name].convert_to_write(method[name], method) != vals[name]
                for name in ("kind", "company_id", "currency_id")
                if name in vals
            )
            if is_other:
                raise UserError(
                    self.env._(
                        "%(method)s has a history. Archive it, and define another method.",
                        method=method.name,
                    )
                )

    def _set_found(self, **values):
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        for method in self:
            if method.date_counted:
                raise UserError(
                    self.env._(
                        "%(method)s has put customers into classes. Archive it: its history stays.",
                        method=method.name,
                    )
                )
