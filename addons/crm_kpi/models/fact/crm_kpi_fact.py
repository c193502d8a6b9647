from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic.tally import DISTINCT, FIRST, LAST, MAXIMUM, MINIMUM, Tally, value

#: The first day of a fact's month, as a dimension.
MONTH_OF_DAY = "month"
#: By what values can be asked for, besides the measure.
DIMENSIONS = ("user_id", "team_id", "company_id", MONTH_OF_DAY)
USER, LEADER, MANAGER = (f"crm_kpi.group_{role}" for role in ("user", "leader", "manager"))
#: Their facts carry a key: what is told apart, or the least or greatest value.
KEYED = {DISTINCT, FIRST, LAST, MINIMUM, MAXIMUM}


class CrmKpiFact(models.Model):
    """What was counted: measure, day, employee, team and company, and how much.

    Rows are only ever added. What turns out otherwise later gets a row with the difference, so
    that sums are right at any time and everybody can see what was said before. A row without an
    employee is what belonged to nobody: people and nobody together are the company, always.

    Measures that tell values apart have one row for each of them, with the value as key.
    """

    _name = "crm.kpi.fact"
    _description = "KPI Fact"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "measure_id"
    _log_access = False

    measure_id = fields.Many2one(
        "crm.kpi.measure", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Date("Day", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Employee",
        readonly=True,
        ondelete="restrict",
        help="Who had the document at that moment. Empty: nobody.",
    )
    team_id = fields.Many2one(
        "crm.team",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The team of the employee at that moment.",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    key_value = fields.Float(
        "Told Apart by", readonly=True, digits=0, aggregator=None, help="See the measure."
    )
    value_sum = fields.Float("Sum", readonly=True, digits=0, aggregator="sum")
    value_count = fields.Float("Number", readonly=True, digits=0, aggregator="sum")
    is_restatement = fields.Boolean(
        "Correction", readonly=True, help="Counted after the day had been counted already."
    )
    date_counted = fields.Datetime("Counted on", required=True, readonly=True)

    _measure_day_idx = models.Index("(measure_id, date)")
    _user_day_idx = models.Index("(user_id, date) WHERE user_id IS NOT NULL")

    @api.model
    def _get_values(self, measures, first, last, by=(), domain=()):
        """Return values by measure, and further by dimensions, in one statement.

        Only of facts that the user may see.

        :param by: names of ``DIMENSIONS``
        :return: ``{measure: {(ids by dimension, 0 for nobody): value}}``; a measure without facts
            has no entries, and broken ones or those not counted yet are not there at all
        """
        return {
            measure: {
                key: tally and value(measure.aggregate, tally) for key, tally in tallies.items()
            }
            for measure, tallies in self._get_tallies(measures, first, last, by, domain).items()
        }

    @api.model
    def _get_tallies(self, measures, first, last, by=(), domain=()):
        """Return what facts add up to, as ``_get_values`` returns values.

        Where a measure tells no figure of few, and they are few, nothing.
        """
        ready = measures.filtered(lambda measure: measure.state == "ready")
        found = {measure: {} for measure in ready}
        minimums = {m.id: m._get_minimum() for m in ready if m.has_minimum}
        for measure_id, *keys, total, count, distinct, least, most in self._execute_values(
            ready, first, last, by, domain
        ):
            key = tuple(key or 0 for key in keys)
            is_told = count >= minimums.get(measure_id, count)
            tally = Tally(total, count, distinct, least, most) if is_told else None
            found[ready.browse(measure_id)][key] = tally
        return found

    @api.model
    def _execute_values(self, measures, first, last, by, domain):
        """Return rows of measure, dimensions, sum, count, keys: how many, the least, the most."""
        if not measures:
            return []
        if unknown := set(by) - set(DIMENSIONS):
            raise ValueError(f"no dimensions: {unknown}")
        limits = Domain("date", ">=", first) & Domain("date", "<=", last) & Domain(domain)
        has_minimum = any(measures.mapped("has_minimum"))
        told_apart = measures.filtered(lambda measure: measure.aggregate in KEYED)
        parts = [
            prepare(
                self._search_summed(limits & Domain("measure_id", "in", part.ids), has_minimum), by
            )
            for part, prepare in (
                (measures - told_apart, self._prepare_sums),
                (told_apart, self._prepare_keys),
            )
            if part
        ]
        return self.env.execute_query(SQL("%s", SQL(" UNION ALL ").join(parts)))

    @api.model
    def _prepare_columns(self, by):
        """Return the columns of measure and dimensions, over rows of facts."""
        return SQL(", ").join(
            SQL("date_trunc('month', date)::date") if name == MONTH_OF_DAY else SQL.identifier(name)
            for name in ("measure_id", *by)
        )

    @api.model
    def _prepare_sums(self, query, by):
        """Return a statement that adds facts up, corrections with them."""
        names = ("measure_id", "date", "user_id", "team_id", "company_id")
        return SQL(
            """
            SELECT %(columns)s, SUM(value_sum)::float8, SUM(value_count)::float8,
                   0::bigint, NULL::float8, NULL::float8
              FROM %(facts)s AS fact
          GROUP BY %(columns)s
            HAVING SUM(value_sum) <> 0 OR SUM(value_count) <> 0
            """,
            columns=self._prepare_columns(by),
            facts=query.subselect(
                *(SQL.identifier(query.table, name) for name in names),
                SQL.identifier(query.table, "value_sum"),
                SQL.identifier(query.table, "value_count"),
            ),
        )

    @api.model
    def _prepare_keys(self, query, by):
        """Return a statement that counts what is told apart.

        First corrections are set off against what they correct, then days are added up: a key
        that was taken back counts no more.
        """
        names = ("measure_id", "date", "user_id", "team_id", "company_id", "key_value")
        net = query.subselect(
            *(SQL.identifier(query.table, name) for name in names),
            SQL.identifier(query.table, "value_sum"),
            SQL.identifier(query.table, "value_count"),
        )
        return SQL(
            """
            SELECT %(columns)s, SUM(total)::float8, SUM(number)::float8,
                   COUNT(DISTINCT key_value) FILTER (WHERE number > 0),
                   MIN(key_value) FILTER (WHERE number > 0)::float8,
                   MAX(key_value) FILTER (WHERE number > 0)::float8
              FROM (SELECT %(names)s, SUM(value_sum) AS total, SUM(value_count) AS number
                      FROM %(net)s AS fact
                  GROUP BY %(names)s
                    HAVING SUM(value_sum) <> 0 OR SUM(value_count) <> 0) AS net
          GROUP BY %(columns)s
            """,
            columns=self._prepare_columns(by),
            names=SQL(", ").join(SQL.identifier(name) for name in names),
            net=net,
        )

    @api.model
    def _search_summed(self, asked, has_minimum):
        """Return facts to add up: with those that nobody reads one by one, if they are asked for.

        Of these only sums leave ``_get_tallies``, and none of few.
        """
        if self.env.su or not has_minimum:
            return self._search(asked)
        # sudo: past the rule that closes single facts; whose they are is asked here
        return self.sudo()._search(asked & self._get_visible_domain())

    @api.model
    def _get_visible_domain(self):
        """Return whose facts the user may know of: what the rules of records say by role."""
        user = self.env.user
        whose = Domain("user_id", "=", user.id) if user.has_group(USER) else Domain.FALSE
        if user.has_group(LEADER):
            whose |= Domain("team_id.user_id", "=", user.id)
        if user.has_group(MANAGER):
            whose = Domain.TRUE
        return whose & Domain("company_id", "in", self.env.companies.ids)
