from odoo import api, fields, models
from odoo.fields import Domain

READERS = "account.group_account_invoice,account.group_account_readonly"


class CrmComplaint(models.Model):
    """What the customer owes the company, at a glance, for those who may see invoices."""

    _inherit = "crm.complaint"

    unpaid_amount = fields.Monetary(
        "Unpaid",
        currency_field="company_currency_id",
        compute="_compute_debt",
        groups=READERS,
        help="What is open on the customer's posted invoices, less open credit notes.",
    )
    overdue_amount = fields.Monetary(
        "Overdue Debt",
        currency_field="company_currency_id",
        compute="_compute_debt",
        groups=READERS,
        help="What of it should have been paid before today.",
    )

    @api.depends("commercial_partner_id", "company_id")
    @api.depends_context("uid")
    def _compute_debt(self):
        """Sum under the rules of whoever looks; for many complaints by two statements."""
        domain = Domain("commercial_partner_id", "in", self.commercial_partner_id.ids)
        unpaid = self._sum_debts(domain)
        today = fields.Date.context_today(self)
        overdue = self._sum_debts(domain & Domain("invoice_date_due", "<", today))
        for complaint in self:
            key = (complaint.commercial_partner_id, complaint.company_id)
            complaint.unpaid_amount = unpaid.get(key, 0.0)
            complaint.overdue_amount = max(overdue.get(key, 0.0), 0.0)

    @api.model
    def _sum_debts(self, domain):
        """Return the open amount by customer and company, in the currency of the company."""
        rows = self.env["account.move"]._read_group(
            domain & self._get_debt_domain(),
            ["commercial_partner_id", "company_id"],
            ["amount_residual_signed:sum"],
        )
        return {(partner, company): amount for partner, company, amount in rows}

    @api.model
    def _get_debt_domain(self):
        return (
            Domain("state", "=", "posted")
            & Domain("move_type", "in", ("out_invoice", "out_refund", "out_receipt"))
            & Domain("payment_state", "in", ("not_paid", "partial", "blocked"))
        )

    def action_debts(self):
        """Open what the customer has not paid, as far as the user may see it."""
        self.ensure_one().check_access("read")
        self.env["account.move"].check_access("read")
        domain = self._get_debt_domain()
        domain &= Domain("commercial_partner_id", "=", self.commercial_partner_id.id)
        domain &= Domain("company_id", "=", self.company_id.id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Unpaid"),
            "res_model": "account.move",
            "domain": list(domain),
            "views": [(self.env.ref("account.view_out_invoice_tree").id, "list"), (False, "form")],
        }
