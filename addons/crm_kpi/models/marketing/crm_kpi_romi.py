from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.worth import rate

#: What a leg of the report tells, in the order of its columns.
FIGURES = ("interest_count", "won_count", "won_amount", "cash_amount", "cost_amount")


class CrmKpiRomi(models.Model):
    """What campaigns and sources cost and brought, by day, in the company's currency.

    Attribution is stated and simple: whatever carries a campaign or a source counts for it whole,
    on the day on which it happened. ``romi`` is drawn for any group of rows from its sums: means
    of ratios would be wrong. Until a bridge brings cash, what was won stands for it.
    """

    _name = "crm.kpi.romi"
    _description = "Return on Marketing"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "campaign_id"

    date = fields.Date("Day", readonly=True)
    campaign_id = fields.Many2one("utm.campaign", readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    interest_count = fields.Integer("Interests", readonly=True)
    won_count = fields.Integer("Won", readonly=True)
    won_amount = fields.Monetary("Revenue Won", readonly=True)
    cash_amount = fields.Monetary("Money Received", readonly=True)
    cost_amount = fields.Monetary("Cost", readonly=True)
    romi = fields.Float(
        "ROMI (%)",
        readonly=True,
        aggregator="avg",
        digits=(8, 1),
        help="What came in less what was spent, in percent of what was spent.",
    )

    @property
    def _table_query(self):
        """Rows of all legs, numbered."""
        return SQL(
            """
            SELECT ROW_NUMBER() OVER (ORDER BY date, campaign_id, source_id, company_id) AS id,
                   date, campaign_id, source_id, company_id, %(figures)s, %(romi)s AS romi
              FROM (%(legs)s) AS leg
          GROUP BY date, campaign_id, source_id, company_id
            """,
            figures=SQL(", ").join(
                SQL("SUM(%s) AS %s", SQL.identifier(name), SQL.identifier(name)) for name in FIGURES
            ),
            romi=self._get_ratio(SQL.identifier),
            legs=SQL(" UNION ALL ").join(self._get_legs()),
        )

    @api.model
    def _get_ratio(self, column):
        """Hook: return the ratio over the sums of columns; nothing was spent: no value."""
        return SQL(
            "100.0 * (SUM(%(income)s) - SUM(%(cost)s)) / NULLIF(SUM(%(cost)s), 0)",
            income=column(self._get_income()),
            cost=column("cost_amount"),
        )

    @api.model
    def _get_income(self):
        """Hook: return the name of the figure that counts as income."""
        return "won_amount"

    @api.model
    def _get_legs(self):
        """Hook: return statements of date, campaign, source, company and ``FIGURES``."""
        firms = self.env["crm.kpi.engine"]._prepare_firms(self.env["crm.kpi.measure"])
        return [
            self._get_lead_leg(firms, "create_date", SQL("TRUE"), SQL("1, 0, 0.0, 0.0, 0.0")),
            self._get_lead_leg(
                firms,
                "date_closed",
                SQL("lead.won_status = 'won'"),
                SQL("0, 1, COALESCE(lead.expected_revenue, 0), 0.0, 0.0"),
            ),
            self._get_cost_leg(firms),
        ]

    @api.model
    def _get_lead_leg(self, firms, moment, which, figures):
        """Return figures of leads, on the local day of a moment."""
        return SQL(
            """
            SELECT (%(moment)s AT TIME ZONE 'UTC' AT TIME ZONE firm.zone)::date AS date,
                   lead.campaign_id, lead.source_id, firm.id AS company_id, figure.*
              FROM crm_lead AS lead
         LEFT JOIN res_users AS worker ON worker.id = lead.user_id
              JOIN (%(firms)s) AS firm
                ON firm.id = COALESCE(lead.company_id, worker.company_id, %(main)s)
        CROSS JOIN LATERAL (SELECT %(figures)s) AS figure(%(names)s)
             WHERE (lead.campaign_id IS NOT NULL OR lead.source_id IS NOT NULL)
               AND %(moment)s IS NOT NULL AND %(which)s
            """,
            moment=SQL.identifier("lead", moment),
            firms=firms,
            main=self.env.ref("base.main_company").id,
            figures=figures,
            names=self._get_figure_names(),
            which=which,
        )

    @api.model
    def _get_cost_leg(self, firms):
        """Return costs in the company's currency; each has a rate when it is noted."""
        return SQL(
            """
            SELECT cost.date, cost.campaign_id, cost.source_id, cost.company_id, figure.*
              FROM crm_kpi_cost AS cost
              JOIN (%(firms)s) AS firm ON firm.id = cost.company_id
        CROSS JOIN LATERAL (SELECT cost.date) AS placed(date)
        CROSS JOIN LATERAL (SELECT 0, 0, 0.0, 0.0, cost.amount * %(rate)s) AS figure(%(names)s)
            """,
            firms=firms,
            rate=rate(SQL("cost.currency_id")),
            names=self._get_figure_names(),
        )

    @api.model
    def _get_figure_names(self):
        return SQL(", ").join(SQL.identifier(name) for name in FIGURES)

    def _read_group_select(self, aggregate_spec, query):
        """Draw the ratio of a group from its sums."""
        if aggregate_spec == "romi:avg":
            return self._get_ratio(lambda name: self._field_to_sql(self._table, name, query))
        return super()._read_group_select(aggregate_spec, query)
