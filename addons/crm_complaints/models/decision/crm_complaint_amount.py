from odoo import api, fields, models


class CrmComplaintAmount(models.AbstractModel):
    """An amount on a complaint in any currency, and what it is in that of the company.

    Who inherits says when the amount in the currency of the company is counted.
    """

    _name = "crm.complaint.amount"
    _description = "Amount on a Complaint"
    _inherit = ["crm.complaint.part"]

    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    amount = fields.Monetary()
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, precompute=True, index=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the Company"
    )
    company_amount = fields.Monetary(
        "Amount in the Currency of the Company", currency_field="company_currency_id"
    )

    @api.depends("complaint_id")
    def _compute_currency_id(self):
        for line in self:
            line.currency_id = line.currency_id or line.complaint_id.currency_id

    @api.constrains("currency_id", "amount")
    def _check_rate(self):
        for line in self:
            line.complaint_id._check_rate(line.currency_id)
