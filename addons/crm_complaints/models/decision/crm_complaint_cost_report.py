from odoo import fields, models
from odoo.tools import SQL

from .crm_complaint_cost import KINDS


class CrmComplaintCostReport(models.Model):
    """What complaints cost, by confirmed cause: each cost is divided by the shares of the causes.

    What no cause explains yet stands under no cause, so that the sum is always that of the costs.
    """

    _name = "crm.complaint.cost.report"
    _description = "Costs by Cause"
    _inherit = ["crm.complaint.part"]
    _auto = False
    _order = "amount desc, id"
    _rec_name = "cause_id"

    complaint_id = fields.Many2one("crm.complaint", readonly=True, index=False)
    cause_id = fields.Many2one("crm.complaint.cause", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    date = fields.Date(readonly=True)
    category_id = fields.Many2one("crm.complaint.category", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the Company"
    )
    amount = fields.Monetary("Cost", currency_field="company_currency_id", readonly=True)

    @property
    def _table_query(self) -> SQL:
        for model in ("crm.complaint", "crm.complaint.cost", "crm.complaint.cause.share"):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY cost.id, part.cause_id) AS id,
                   cost.complaint_id, part.cause_id, cost.kind, cost.date,
                   cost.company_amount * part.weight AS amount,
                   complaint.category_id, complaint.product_id, complaint.team_id,
                   complaint.company_id
              FROM crm_complaint_cost AS cost
              JOIN crm_complaint AS complaint ON complaint.id = cost.complaint_id
              JOIN LATERAL (
                    SELECT share.cause_id, (share.share_percent / 100.0)::numeric AS weight
                      FROM crm_complaint_cause_share AS share
                     WHERE share.complaint_id = cost.complaint_id
                     UNION ALL
                    SELECT NULL, 1 - COALESCE(SUM(share.share_percent / 100.0)::numeric, 0)
                      FROM crm_complaint_cause_share AS share
                     WHERE share.complaint_id = cost.complaint_id
                    HAVING COALESCE(SUM(share.share_percent), 0) < 100
                   ) AS part ON TRUE
            """
        )
