from odoo import fields, models


class ResCompany(models.Model):
    """How a company credits complaints, and when it takes a customer for lost."""

    _inherit = "res.company"

    complaint_accountant_id = fields.Many2one(
        "res.users",
        "Accountant for Complaints",
        ondelete="set null",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("account.group_account_invoice").ids)
        ],
        help="Asked to draft credit notes of what others granted who have no rights in accounting.",
    )
    complaint_revenue_days = fields.Integer(
        "Time before and after a Complaint",
        default=180,
        help="In days. The revenue of a customer is compared over this time before and after his"
        " complaint.",
    )
    complaint_lost_percent = fields.Integer(
        "Lost below",
        default=20,
        help="In percent. A customer counts as lost when his revenue after a complaint is less"
        " than this of the revenue before it.",
    )

    _complaint_revenue_days_sensible = models.Constraint(
        "CHECK (complaint_revenue_days BETWEEN 1 AND 3650)",
        "The time before and after a complaint is from one day to ten years.",
    )
    _complaint_lost_percent_sensible = models.Constraint(
        "CHECK (complaint_lost_percent BETWEEN 0 AND 100)",
        "The share below which a customer counts as lost is from 0 to 100 %.",
    )
