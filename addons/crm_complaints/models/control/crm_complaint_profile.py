from __future__ import annotations

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import profile as logic

VERDICTS = [
    (logic.MORE, "More than similar customers"),
    (logic.SIMILAR, "As similar customers"),
    (logic.LESS, "Less than similar customers"),
    (logic.TOO_FEW, "Too few to say"),
]


class CrmComplaintProfile(models.Model):
    """How often a customer complains, how often rightly, and at what cost: beside similar ones.

    Similar are customers of the same class (the first tag). For managers, who know that a customer
    who complains often may be the one who is often let down: nothing is ever refused by it.

    Drawn from the complaints the viewer may read, so that it counts no others.
    """

    _name = "crm.complaint.profile"
    _description = "Profile of a Complainant"
    _auto = False
    _order = "complaint_count desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    customer_class_id = fields.Many2one("res.partner.category", readonly=True)
    complaint_count = fields.Integer("Complaints", readonly=True)
    year_count = fields.Integer("In Twelve Months", readonly=True)
    decided_count = fields.Integer("Decided", readonly=True)
    upheld_count = fields.Integer("Upheld", readonly=True, help="Upheld or partly upheld.")
    upheld_percent = fields.Float("Upheld (%)", readonly=True, aggregator="avg")
    order_count = fields.Integer("Orders", readonly=True, help="Where the sales app is installed.")
    rate_percent = fields.Float(
        "Complaints per 100 Orders", readonly=True, aggregator="avg", help="Empty without orders."
    )
    revenue = fields.Monetary(readonly=True, help="Where the invoicing app is installed.")
    compensation = fields.Monetary(readonly=True, help="What was granted, in company currency.")
    compensation_percent = fields.Float(
        "Compensation of Revenue (%)", readonly=True, aggregator="avg"
    )
    date_last = fields.Datetime("Last Complaint", readonly=True)
    upheld_verdict = fields.Selection(
        VERDICTS, "Rightly", compute="_compute_verdicts", help="By the share that was upheld."
    )
    rate_verdict = fields.Selection(
        VERDICTS, "How Often", compute="_compute_verdicts", help="By complaints per order."
    )
    explanation = fields.Text(compute="_compute_verdicts")

    @property
    def _table_query(self) -> SQL:
        complaints = self.env["crm.complaint"]
        complaints.flush_model()
        return SQL(
            """
            SELECT found.*, orders.order_count, sales.revenue,
                   100.0 * found.upheld_count / NULLIF(found.decided_count, 0) AS upheld_percent,
                   100.0 * found.complaint_count / NULLIF(orders.order_count, 0) AS rate_percent,
                   100.0 * found.compensation / NULLIF(sales.revenue, 0)
                       AS compensation_percent,
                   class.category_id AS customer_class_id
              FROM (
                SELECT MIN(id) AS id, commercial_partner_id AS partner_id, company_id,
                       COUNT(*) AS complaint_count, MAX(date_received) AS date_last,
                       COUNT(*) FILTER (WHERE date_received > %(year_ago)s) AS year_count,
                       COUNT(*) FILTER (WHERE outcome IN ('upheld', 'partly', 'rejected'))
                           AS decided_count,
                       COUNT(*) FILTER (WHERE outcome IN ('upheld', 'partly')) AS upheld_count,
                       SUM(compensation_amount) AS compensation
                  FROM crm_complaint
                 WHERE id IN %(readable)s AND commercial_partner_id IS NOT NULL
              GROUP BY commercial_partner_id, company_id) AS found
         LEFT JOIN (%(orders)s) AS orders USING (partner_id, company_id)
         LEFT JOIN (%(revenue)s) AS sales USING (partner_id, company_id)
         LEFT JOIN (SELECT partner_id, MIN(category_id) AS category_id
                      FROM res_partner_res_partner_category_rel GROUP BY partner_id
                   ) AS class USING (partner_id)
            """,
            year_ago=fields.Datetime.now() - timedelta(days=365),
            readable=complaints._search([], active_test=False).subselect(),
            orders=self._get_order_query(),
            revenue=self._get_revenue_query(),
        )

    @api.model
    def _get_order_query(self) -> SQL:
        """Hook: return the query of orders: partner_id (commercial), company_id, order_count."""
        return SQL("SELECT 0 AS partner_id, 0 AS company_id, NULL::int AS order_count WHERE FALSE")

    @api.model
    def _get_revenue_query(self) -> SQL:
        """Hook: return the query of revenue: partner_id (commercial), company_id, revenue."""
        return SQL("SELECT 0 AS partner_id, 0 AS company_id, NULL::numeric AS revenue WHERE FALSE")

    @api.depends("complaint_count", "upheld_count", "decided_count", "order_count")
    @api.depends_context("lang", "uid")
    def _compute_verdicts(self):
        usual = self._get_usual()
        for profile in self:
            upheld, decided, complaints, orders = usual[profile._get_peers_key()]
            # without the customer's own
            decided -= profile.decided_count
            orders -= profile.order_count
            right = (upheld - profile.upheld_count) / decided if decided > 0 else None
            often = (complaints - profile.complaint_count) / orders if orders > 0 else None
            profile.upheld_verdict = self._judge(profile.upheld_count, profile.decided_count, right)
            profile.rate_verdict = self._judge(profile.complaint_count, profile.order_count, often)
            profile.explanation = profile._explain(right, often)

    def _get_peers_key(self):
        return self.company_id.id, self.customer_class_id.id

    @api.model
    def _judge(self, part, whole, usual):
        return logic.TOO_FEW if usual is None else logic.compare(part, whole, usual)

    @api.model
    def _get_usual(self):
        """Return the sums of each company and class: upheld, decided, complaints, orders."""
        rows = self._read_group(
            [],
            ["company_id", "customer_class_id"],
            ["upheld_count:sum", "decided_count:sum"],
        )
        sums = {(company.id, group.id): (*found, 0, 0) for company, group, *found in rows}
        rows = self._read_group(
            [("order_count", ">", 0)],
            ["company_id", "customer_class_id"],
            ["complaint_count:sum", "order_count:sum"],
        )
        for company, group, *found in rows:
            key = (company.id, group.id)
            sums[key] = (*sums[key][:2], *found)
        return sums

    def _explain(self, right, often):
        """Say in words what the figures mean, and what they do not."""
        self.ensure_one()
        lines = [
            self.env._(
                "%(upheld)s of %(decided)s decided complaints were upheld, wholly or partly.",
                upheld=self.upheld_count,
                decided=self.decided_count,
            )
        ]
        if right is not None:
            lines.append(
                self.env._(
                    "With similar customers it is %(percent)s %%.", percent=round(100 * right)
                )
            )
        if self.order_count and often is not None:
            lines.append(
                self.env._(
                    "%(own)s complaints on 100 orders; similar customers have %(usual)s.",
                    own=round(self.rate_percent, 1),
                    usual=round(100 * often, 1),
                )
            )
        if logic.TOO_FEW in (self.upheld_verdict, self.rate_verdict):
            lines.append(self.env._("Too few cases, or nobody to compare with, say nothing."))
        lines.append(
            self.env._(
                "Whoever complains often may have often been let down: nothing is refused because"
                " of these figures."
            )
        )
        return "\n".join(lines)
