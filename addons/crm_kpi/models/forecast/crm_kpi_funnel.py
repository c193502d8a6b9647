from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..indicator.crm_kpi_target import PERIODS


class CrmKpiFunnel(models.Model):
    """How a result comes about: the reference funnel, from interests to sales.

    Targets on its indicator are the plan. From plan and rates follows how much of each step is
    needed; beside it stands how much there is.
    """

    _name = "crm.kpi.funnel"
    _description = "Reference Funnel"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    note = fields.Text("Explanation", translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    period = fields.Selection(PERIODS, required=True, default="month", tracking=True)
    indicator_id = fields.Many2one(
        "crm.kpi.indicator",
        "Result",
        required=True,
        ondelete="restrict",
        check_company=True,
        help="What has to come out. Its targets are the plan.",
    )
    step_ids = fields.One2many("crm.kpi.funnel.step", "funnel_id", "Steps", copy=True)
    worth = fields.Float(
        "One Sale Brings",
        digits=0,
        tracking=True,
        help="How much of the result one of the last step brings. 0: as in the last 12 months.",
    )
    coefficient_percent = fields.Float(
        "Coefficient (%)",
        default=100.0,
        digits=(6, 1),
        tracking=True,
        help="Raises or lowers what is still to come: below 100 for a bad market, above for an "
        "action that was not there before.",
    )
    has_seasons = fields.Boolean(
        "Seasons", default=True, help="Weigh days by the months of the last two years."
    )
    is_from_leads = fields.Boolean(
        "Opportunities Count",
        default=True,
        help="Opportunities in work count by their probability, and leads by the usual rate.",
    )
    forecast_ids = fields.One2many("crm.kpi.forecast", "funnel_id", "Forecasts")

    _coefficient_positive = models.Constraint(
        "CHECK(coefficient_percent >= 0 AND worth >= 0)",
        "Coefficient and worth are 0 or more.",
    )

    @api.constrains("step_ids")
    def _check_steps(self):
        for funnel in self:
            if not funnel.step_ids:
                raise ValidationError(
                    self.env._(
                        "%(funnel)s: a funnel has at least one step, as sales won.",
                        funnel=funnel.name,
                    )
                )
