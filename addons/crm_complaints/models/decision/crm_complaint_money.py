from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_complaint_compensation import GRANTED


class CrmComplaint(models.Model):
    """What was granted to the complainant and what the complaint cost.

    Both sums are stored: lists and reports read them. And two who grant something on one
    complaint at the same moment both write its row, so that the second is judged anew.
    """

    _inherit = "crm.complaint"

    compensation_ids = fields.One2many(
        "crm.complaint.compensation", "complaint_id", "Compensations"
    )
    cost_ids = fields.One2many("crm.complaint.cost", "complaint_id", "Costs")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the Company"
    )
    compensation_amount = fields.Monetary(
        "Compensation",
        currency_field="company_currency_id",
        compute="_compute_compensation_amount",
        store=True,
        help="All that was granted, in the currency of the company.",
    )
    cost_amount = fields.Monetary(
        "Cost",
        currency_field="company_currency_id",
        compute="_compute_cost_amount",
        store=True,
        help="What the complaint cost the company so far, in its currency.",
    )

    @api.depends("compensation_ids.state", "compensation_ids.company_amount")
    def _compute_compensation_amount(self):
        for complaint in self:
            granted = complaint.compensation_ids.filtered(lambda one: one.state in GRANTED)
            complaint.compensation_amount = sum(granted.mapped("company_amount"))

    @api.depends("cost_ids.company_amount")
    def _compute_cost_amount(self):
        for complaint in self:
            complaint.cost_amount = sum(complaint.cost_ids.mapped("company_amount"))

    def _check_rate(self, currency):
        """Raise if money in ``currency`` cannot be turned into that of the company.

        Core takes a currency without a rate for as good as the company's own.
        """
        self.ensure_one()
        company = self.company_id
        if currency == company.currency_id:
            return
        # sudo: a rate is a rate, whoever asks
        rates = self.env["res.currency.rate"].sudo()
        companies = [company.root_id.id, False]
        domain = [("currency_id", "=", currency.id), ("company_id", "in", companies)]
        if not rates.search_count(domain, limit=1):
            raise ValidationError(
                self.env._(
                    "%(currency)s has no rate in “%(company)s”. Enter one under Currencies, or"
                    " enter the amount in %(own)s.",
                    currency=currency.name,
                    company=company.name,
                    own=company.currency_id.name,
                )
            )

    def action_costs(self):
        """Open what the complaint cost."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_cost_action"
        )
        context = {"default_complaint_id": self.id}
        views = [(False, "list"), (False, "form"), (False, "pivot")]
        domain = [("complaint_id", "=", self.id)]
        return {**action, "domain": domain, "context": context, "views": views}
