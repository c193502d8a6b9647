from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL

from ..case.crm_complaint import OUTCOMES
from ..case.crm_complaint_category import LEVEL_CHOICES
from ..case.crm_complaint_stage import KINDS, OPEN_KINDS

#: What a deadline is for, by the field that says whether it was kept. A term of the law runs
#: beside the promise of the company, and both must be kept.
TERMS = {
    "acknowledged_in_time_percent": ("acknowledgement", "law_acknowledgement"),
    "answered_in_time_percent": ("first_answer", "law_first_answer"),
    "resolved_in_time_percent": ("resolution", "law_resolution"),
}
AGES = [
    ("a_week", "Up to a week"),
    ("b_month", "Up to 30 days"),
    ("c_quarter", "Up to 90 days"),
    ("d_more", "Longer"),
]


class CrmComplaintReport(models.Model):
    """Each complaint as a line of figures: number, terms, stage, product, people, channel, money.

    The line has the id of its complaint, and whoever may read the complaint may read it: counts,
    groups and sums tell nothing of confidential ones to others.
    """

    _name = "crm.complaint.report"
    _description = "Complaints Report"
    _inherit = ["crm.complaint.readable"]
    _auto = False
    _order = "date_received desc, id desc"
    _rec_name = "complaint_id"

    complaint_id = fields.Many2one("crm.complaint", readonly=True, index=False)
    company_id = fields.Many2one("res.company", readonly=True)
    date_received = fields.Datetime("Received", readonly=True)
    date_answered = fields.Datetime("Answered", readonly=True)
    date_closed = fields.Datetime("Closed", readonly=True)
    date_due = fields.Datetime(
        "Due", readonly=True, help="The next deadline of an open case, the missed ones included."
    )
    category_id = fields.Many2one("crm.complaint.category", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    channel_id = fields.Many2one("crm.complaint.channel", readonly=True)
    remedy_demanded_id = fields.Many2one("crm.complaint.remedy", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    customer_class_id = fields.Many2one(
        "res.partner.category",
        readonly=True,
        help="The first of the customer's tags.",
    )
    country_id = fields.Many2one("res.country", "Country of Customer", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    about_user_ids = fields.Many2many(
        "res.users",
        "crm_complaint_about_user_rel",
        "crm_complaint_id",
        "res_users_id",
        string="About Employees",
        readonly=True,
    )
    stage_id = fields.Many2one("crm.complaint.stage", readonly=True)
    state = fields.Selection(KINDS, "Meaning of Stage", readonly=True)
    severity = fields.Selection(LEVEL_CHOICES, readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    is_confidential = fields.Boolean("Confidential", readonly=True)
    is_open = fields.Boolean("Open", readonly=True)
    is_overdue = fields.Boolean(
        "Overdue", readonly=True, help="Open, and work whose deadline has passed is not done yet."
    )
    age_group = fields.Selection(AGES, "Age", readonly=True, help="Of open complaints only.")
    complaint_count = fields.Integer("Complaints", readonly=True, aggregator="sum")
    open_count = fields.Integer("Open Complaints", readonly=True, aggregator="sum")
    overdue_count = fields.Integer("Overdue Complaints", readonly=True, aggregator="sum")
    upheld_percent = fields.Float(
        "Upheld (%)",
        readonly=True,
        aggregator="avg",
        help="Upheld or partly upheld, of those with an outcome.",
    )
    acknowledged_in_time_percent = fields.Float(
        "Acknowledged in Time (%)", readonly=True, aggregator="avg"
    )
    answered_in_time_percent = fields.Float(
        "Answered in Time (%)",
        readonly=True,
        aggregator="avg",
        help="Of those whose term for the first answer is kept or missed.",
    )
    resolved_in_time_percent = fields.Float("Resolved in Time (%)", readonly=True, aggregator="avg")
    days_to_answer = fields.Float("Days to Answer", readonly=True, aggregator="avg")
    days_to_close = fields.Float("Days to Close", readonly=True, aggregator="avg")
    age_days = fields.Float(
        "Age in Days", readonly=True, aggregator="avg", help="Of open complaints only."
    )
    amount_demanded = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    compensation_amount = fields.Monetary(
        "Compensation", readonly=True, currency_field="company_currency_id"
    )
    cost_amount = fields.Monetary("Cost", readonly=True, currency_field="company_currency_id")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the Company"
    )

    @property
    def _table_query(self) -> SQL:
        self.env["crm.complaint"].flush_model()
        self.env["crm.deadline.clock"].flush_model(["state", "kind", "date_due", "date_end"])
        columns = SQL(", ").join(
            SQL("%s AS %s", value, SQL.identifier(name))
            for name, value in self._get_columns().items()
        )
        return SQL(
            "SELECT %s FROM (%s) AS complaint %s",
            columns,
            self.env["crm.complaint"]._get_readable_rows(),
            SQL(" ").join(self._get_joins().values()),
        )

    @api.model
    def _get_columns(self) -> dict[str, SQL]:
        """Hook: return what each field shows, as SQL over ``complaint`` and the joins."""
        return {
            **self._get_plain_columns(),
            **self._get_state_columns(),
            **self._get_time_columns(),
        }

    @api.model
    def _get_plain_columns(self) -> dict[str, SQL]:
        names = (
            "id", "company_id", "date_received", "date_answered", "date_closed", "category_id",
            "product_id", "channel_id", "remedy_demanded_id", "commercial_partner_id", "team_id",
            "user_id", "stage_id", "state", "severity", "outcome", "is_confidential",
            "amount_demanded", "currency_id", "compensation_amount", "cost_amount",
        )  # fmt: skip
        return {
            "complaint_id": SQL("complaint.id"),
            "customer_class_id": SQL("class.category_id"),
            "country_id": SQL("customer.country_id"),
            **{name: SQL("complaint.%s", SQL.identifier(name)) for name in names},
        }

    @api.model
    def _get_state_columns(self) -> dict[str, SQL]:
        is_open = SQL("complaint.state IN %s", OPEN_KINDS)
        is_overdue = SQL("(%s AND COALESCE(due.is_missed, FALSE))", is_open)
        return {
            "complaint_count": SQL("1"),
            "is_open": is_open,
            "open_count": SQL("(%s)::int", is_open),
            "is_overdue": is_overdue,
            "overdue_count": SQL("%s::int", is_overdue),
            "upheld_percent": SQL(
                "CASE WHEN complaint.outcome IN ('upheld', 'partly') THEN 100.0"
                " WHEN complaint.outcome IS NOT NULL THEN 0.0 END"
            ),
        }

    @api.model
    def _get_time_columns(self) -> dict[str, SQL]:
        is_open = SQL("complaint.state IN %s", OPEN_KINDS)
        age = SQL("(%s - complaint.date_received)", fields.Datetime.now())
        days = SQL("EXTRACT(EPOCH FROM complaint.date_answered - complaint.date_received) / 86400")
        end = SQL("EXTRACT(EPOCH FROM complaint.date_closed - complaint.date_received) / 86400")
        return {
            "age_days": SQL("CASE WHEN %s THEN EXTRACT(EPOCH FROM %s) / 86400 END", is_open, age),
            "age_group": SQL(
                """
                CASE WHEN NOT %(open)s THEN NULL
                     WHEN %(age)s <= interval '7 days' THEN 'a_week'
                     WHEN %(age)s <= interval '30 days' THEN 'b_month'
                     WHEN %(age)s <= interval '90 days' THEN 'c_quarter'
                     ELSE 'd_more' END
                """,
                open=is_open,
                age=age,
            ),
            "date_due": SQL("CASE WHEN %s THEN due.date_due END", is_open),
            "days_to_answer": days,
            "days_to_close": end,
            **{name: SQL("term.%s", SQL.identifier(name)) for name in TERMS},
        }

    @api.model
    def _get_joins(self) -> dict[str, SQL]:
        """Hook: return the joins by the name of what they bring, one line at most for a complaint.

        They say so by ``GROUP BY``: PostgreSQL leaves out those a question does not need.
        """
        return {
            "due": SQL(
                """
                LEFT JOIN (SELECT res_id, bool_or(state = 'missed') AS is_missed,
                                  MIN(date_due) AS date_due
                             FROM crm_deadline_clock
                            WHERE res_model = 'crm.complaint' AND date_end IS NULL
                         GROUP BY res_id) AS due ON due.res_id = complaint.id
                """
            ),
            "term": self._get_term_join(),
            "customer": SQL(
                "LEFT JOIN res_partner AS customer ON customer.id = complaint.commercial_partner_id"
            ),
            "class": SQL(
                """
                LEFT JOIN (SELECT partner_id, MIN(category_id) AS category_id
                             FROM res_partner_res_partner_category_rel GROUP BY partner_id
                          ) AS class ON class.partner_id = complaint.commercial_partner_id
                """
            ),
        }

    @api.model
    def _get_term_join(self) -> SQL:
        """Return the join of the terms that were kept, all kinds at once in the index's order."""
        kept = SQL(", ").join(
            SQL(
                "CASE WHEN bool_or(kind IN %(kinds)s AND state = 'missed') THEN 0.0"
                " WHEN bool_or(kind IN %(kinds)s AND state = 'met') THEN 100.0 END AS %(name)s",
                kinds=kinds,
                name=SQL.identifier(name),
            )
            for name, kinds in TERMS.items()
        )
        return SQL(
            """
            LEFT JOIN (SELECT res_id, %s FROM crm_deadline_clock
                        WHERE res_model = 'crm.complaint'
                     GROUP BY res_id) AS term ON term.res_id = complaint.id
            """,
            kept,
        )

    def action_open_complaint(self):
        """Open the complaint of this line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint",
            "res_id": self.complaint_id.id,
            "view_mode": "form",
        }
