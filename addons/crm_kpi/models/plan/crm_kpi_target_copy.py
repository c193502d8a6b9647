from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...logic.period import period_of, shift
from ..indicator.crm_kpi_target import AGREED, PERIODS
from .crm_kpi_target_plan import AMOUNTS


class CrmKpiTargetCopy(models.TransientModel):
    """Targets in force of a period become drafts for another one, more or less by a percentage."""

    _name = "crm.kpi.target.copy"
    _description = "Copy Targets"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    period = fields.Selection(PERIODS, required=True, default="month")
    date_source = fields.Date(
        "From the Period of", required=True, default=fields.Date.context_today
    )
    date_target = fields.Date(
        "To the Period of",
        compute="_compute_date_target",
        store=True,
        readonly=False,
        required=True,
    )
    percent = fields.Float("Raise by (%)", digits=(6, 1), help="Below 0: lower.")
    user_ids = fields.Many2many("res.users", string="Employees", help="Empty: everybody.")
    count = fields.Integer("Targets Found", compute="_compute_count")

    @api.depends("date_source", "period")
    def _compute_date_target(self):
        for wizard in self:
            if wizard.date_source and wizard.period:
                found = period_of(wizard.date_source, wizard.period)
                wizard.date_target = shift(found, wizard.period, 1).first

    @api.depends("company_id", "period", "date_source", "user_ids")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard._find_targets()) if wizard.date_source else 0

    def _find_targets(self):
        first = period_of(self.date_source, self.period).first
        domain = Domain(
            [
                ("state", "=", AGREED),
                ("company_id", "=", self.company_id.id),
                ("period", "=", self.period),
                ("date_from", "=", first),
            ]
        )
        if self.user_ids:
            domain &= Domain("user_id", "in", self.user_ids.ids)
        return self.env["crm.kpi.target"].search(domain)

    def action_copy(self):
        """Draft targets for the other period."""
        self.ensure_one()
        targets = self.env["crm.kpi.target"]
        targets._check_planning()
        found = self._find_targets()
        day = period_of(self.date_target, self.period).first
        if not found or day == period_of(self.date_source, self.period).first:
            raise UserError(self.env._("Choose a period with targets in force, and another one."))
        factor = 1 + self.percent / 100
        if factor <= 0:
            raise UserError(self.env._("Targets cannot be lowered by 100 % or more."))
        drafts = targets._draft(
            [
                target._prepare_copy(
                    date_from=day, **{name: target[name] * factor for name in AMOUNTS}
                )
                for target in found
            ]
        )
        return targets._open_drafts(drafts)
