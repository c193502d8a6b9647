from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmKpiCost(models.Model):
    """What was spent to win customers: on a day, for a campaign, a source, or both."""

    _name = "crm.kpi.cost"
    _description = "Cost of Marketing"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("What For", required=True, tracking=True)
    date = fields.Date(required=True, index=True, default=fields.Date.context_today, tracking=True)
    campaign_id = fields.Many2one("utm.campaign", ondelete="restrict", index="btree_not_null")
    source_id = fields.Many2one("utm.source", ondelete="restrict", index="btree_not_null")
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    amount = fields.Monetary(required=True, tracking=True)

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A cost is 0 or more.")

    @api.depends("campaign_id")
    def _compute_user_id(self):
        for cost in self:
            cost.user_id = cost.user_id or cost.campaign_id.user_id

    @api.constrains("currency_id", "company_id")
    def _check_rate(self):
        """Refuse what could not be converted: left out of sums, it would make them wrong."""
        for cost in self:
            currency, own = cost.currency_id, cost.company_id.currency_id
            if currency != own and not cost._count_rates():
                raise ValidationError(
                    self.env._(
                        "%(cost)s: %(company)s has no rate of %(currency)s. Enter one first, or "
                        "note the cost in %(own)s.",
                        cost=cost.name,
                        company=cost.company_id.name,
                        currency=currency.name,
                        own=own.name,
                    )
                )

    def _count_rates(self):
        self.ensure_one()
        # sudo: whether there is a rate, whatever company the user works in
        return (
            self.env["res.currency.rate"]
            .sudo()
            .search_count(
                [
                    ("currency_id", "=", self.currency_id.id),
                    ("company_id", "in", [False, self.company_id.root_id.id]),
                ],
                limit=1,
            )
        )

    @api.constrains("campaign_id", "source_id")
    def _check_what_for(self):
        for cost in self:
            if not cost.campaign_id and not cost.source_id:
                raise ValidationError(
                    self.env._(
                        "%(cost)s: choose a campaign or a source, or nobody can say what it "
                        "brought.",
                        cost=cost.name,
                    )
                )
