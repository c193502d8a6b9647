from __future__ import annotations

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Shares in percent, by the two sums they are made of. Averages of averages would be wrong.
SHARES = {
    "filled_percent": ("filled_count", "record_count"),
    "kept_percent": ("kept_count", "record_count"),
    "completeness_percent": ("kept_weight", "weight_total"),
}


class CrmStandardEntryReport(models.Model):
    """How complete the base is: each line of the standards in force, by owner and customer class.

    One statement draws it fresh from contacts and opportunities: each population is read once and
    counted for all its lines together, under the record rules of whoever looks.
    """

    _name = "crm.standard.entry.report"
    _description = "Completeness of Data"
    _auto = False
    _order = "filled_percent, id"
    _rec_name = "entry_id"

    entry_id = fields.Many2one("crm.standard.entry", string="Field", readonly=True)
    standard_id = fields.Many2one("crm.standard", readonly=True)
    subject = fields.Selection(
        [("company", "Companies"), ("person", "Persons"), ("lead", "Opportunities")],
        string="Speaks of",
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    class_id = fields.Many2one(
        "res.partner.category",
        string="Customer Class",
        readonly=True,
        help="The customer's tag; of several the one that was made first.",
    )
    record_count = fields.Integer(string="Records", readonly=True)
    filled_count = fields.Integer(string="Filled In", readonly=True)
    kept_count = fields.Integer(string="Filled In as Asked", readonly=True)
    gap_count = fields.Integer(string="Gaps", readonly=True)
    weight_total = fields.Integer(readonly=True)
    kept_weight = fields.Integer(readonly=True)
    filled_percent = fields.Float(
        string="Filled In (%)", digits=(5, 1), aggregator="avg", readonly=True
    )
    kept_percent = fields.Float(
        string="As Asked (%)", digits=(5, 1), aggregator="avg", readonly=True
    )
    completeness_percent = fields.Float(
        string="Completeness (%)",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        help="The weighted share of what is filled in as asked.",
    )

    @property
    def _table_query(self):
        counted = [*self._select_populations()]
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY entry_id, user_id, team_id, class_id, company_id)
                   AS id,
                   *,
                   record_count - kept_count AS gap_count,
                   100.0 * filled_count / record_count AS filled_percent,
                   100.0 * kept_count / record_count AS kept_percent,
                   100.0 * kept_count / record_count AS completeness_percent
              FROM (
                SELECT lines.entry_id, line.standard_id, line.subject, lines.user_id,
                       COALESCE(lines.team_id, CASE WHEN line.subject <> 'lead'
                                                    THEN owner.sale_team_id END) AS team_id,
                       lines.class_id, lines.company_id,
                       sum(record_count)::int AS record_count,
                       sum(filled_count)::int AS filled_count,
                       sum(filled_count - fault_count)::int AS kept_count,
                       sum(record_count * line.weight)::int AS weight_total,
                       sum((filled_count - fault_count) * line.weight)::int AS kept_weight
                  FROM (%s) AS lines
                  JOIN crm_standard_entry AS line ON line.id = lines.entry_id
             LEFT JOIN res_users AS owner ON owner.id = lines.user_id
              GROUP BY 1, 2, 3, 4, 5, 6, 7
            ) AS sums
            """,
            SQL(" UNION ALL ").join(counted) if counted else self._select_nothing(),
            to_flush=self.env["crm.standard.entry"]._fields["weight"],
        )

    @api.model
    def _select_nothing(self) -> SQL:
        """Return the query of no rows."""
        return SQL(
            "SELECT NULL::int AS entry_id, NULL::int AS user_id, NULL::int AS team_id,"
            " NULL::int AS class_id, NULL::int AS company_id, 0 AS record_count,"
            " 0 AS filled_count, 0 AS fault_count WHERE FALSE"
        )

    @api.model
    def _select_populations(self):
        """Yield for each population the query of its counts, and that of its faults."""
        for model in ("res.partner", "crm.lead"):
            records = self.env[model].with_context(active_test=False)
            if not records.has_access("read"):
                continue
            for population in self.env["crm.standard.entry"]._get_populations(model):
                yield self._select_counts(records, population)
                if any(line.form.kind != "any" for line in population.lines):
                    yield self._select_faults(records, population)

    @api.model
    def _search_population(self, records, population):
        """Return the query of a population under the user's rules, and what it is grouped by."""
        names = {line.field_name for line in population.lines} | {"user_id", "company_id"}
        records.flush_model(list(names))
        query = records._search(population.domain)
        table = records._table
        is_lead = records._name == "crm.lead"
        class_id = SQL("NULL::int")
        if self.env.context.get("entry_report_by") != "owner":
            class_id = SQL(
                "(SELECT min(category_id) FROM res_partner_res_partner_category_rel AS tag"
                " WHERE tag.partner_id = %s)",
                SQL.identifier(table, "partner_id" if is_lead else "id"),
            )
        keys = SQL(
            "%s AS user_id, %s AS team_id, %s AS class_id, %s AS company_id",
            SQL.identifier(table, "user_id"),
            SQL.identifier(table, "team_id") if is_lead else SQL("NULL::int"),
            class_id,
            SQL.identifier(table, "company_id"),
        )
        return query, keys

    @api.model
    def _select_counts(self, records, population) -> SQL:
        """Return the query that counts a population once for all its lines."""
        query, keys = self._search_population(records, population)
        entries = self.env["crm.standard.entry"]
        counts = [
            SQL(
                "count(*) FILTER (WHERE %s) AS %s",
                entries._is_filled_sql(records, line.field_name, records._table),
                SQL.identifier(f"filled_{line.id}"),
            )
            for line in population.lines
        ]
        values = [
            SQL("(%s, counts.%s)", line.id, SQL.identifier(f"filled_{line.id}"))
            for line in population.lines
        ]
        return SQL(
            "SELECT line.entry_id, user_id, team_id, class_id, company_id, record_count,"
            " line.filled_count, 0 AS fault_count"
            " FROM (SELECT %s, count(*) AS record_count, %s FROM %s WHERE %s GROUP BY 1, 2, 3, 4)"
            " AS counts CROSS JOIN LATERAL (VALUES %s) AS line(entry_id, filled_count)",
            keys,
            SQL(", ").join(counts),
            query.from_clause,
            query.where_clause or SQL("TRUE"),
            SQL(", ").join(values),
        )

    @api.model
    def _select_faults(self, records, population) -> SQL:
        """Return the query that counts the malformed values of a population: few rows."""
        query, keys = self._search_population(records, population)
        faults = self.env["crm.standard.entry.fault"]
        query.add_join(
            "JOIN",
            "fault",
            SQL.identifier(faults._table),
            SQL(
                "fault.%s = %s AND fault.entry_id IN %s",
                faults._column(records._name),
                SQL.identifier(records._table, "id"),
                tuple(line.id for line in population.lines),
            ),
        )
        return SQL(
            "SELECT entry_id, user_id, team_id, class_id, company_id, 0, 0, count(*)"
            " FROM (SELECT fault.entry_id, %s FROM %s WHERE %s) AS faults GROUP BY 1, 2, 3, 4, 5",
            keys,
            query.from_clause,
            query.where_clause or SQL("TRUE"),
        )

    def _read_group(self, domain, groupby=(), *args, **kwargs):
        return super(CrmStandardEntryReport, self._for(domain, groupby))._read_group(
            domain, groupby, *args, **kwargs
        )

    def _read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        groupby = [spec for groupby in grouping_sets for spec in groupby]
        return super(CrmStandardEntryReport, self._for(domain, groupby))._read_grouping_sets(
            domain, grouping_sets, *args, **kwargs
        )

    @api.model
    def _for(self, domain, groupby):
        """Return the report with the customers' classes left out where nobody asks for them.

        To find the class of each of 200,000 contacts costs more than to count all their fields.
        """
        names = {condition.field_expr for condition in Domain(domain).iter_conditions()}
        asked = "class_id" in {name.split(".")[0] for name in [*names, *groupby]}
        return self if asked else self.with_context(entry_report_by="owner")

    def _read_group_select(self, aggregate_spec, query):
        name = aggregate_spec.split(":")[0]
        if name not in SHARES:
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (self._field_to_sql(self._table, each, query) for each in SHARES[name])
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(%s), 0)", part, whole)

    def action_view_gaps(self):
        """Open the records behind this row that do not keep the line."""
        self.ensure_one()
        action = self.entry_id.action_view_gaps()
        action["domain"] += [
            ("user_id", "=", self.user_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        if self.class_id:
            path = "category_id" if self.subject != "lead" else "partner_id.category_id"
            action["domain"].append((path, "in", self.class_id.ids))
        return action
