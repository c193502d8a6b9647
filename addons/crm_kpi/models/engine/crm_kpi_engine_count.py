import logging
import re
from datetime import datetime, time, timedelta

import psycopg2
import pytz

from odoo import api, models
from odoo.tools import SQL

from ..measure.crm_kpi_measure import DURATION
from .statement import Statement
from .worth import NO_RATE

_logger = logging.getLogger(__name__)

#: With more values than that it is as well to count all of history.
MANY_KEYS = 50_000


class CrmKpiEngine(models.AbstractModel):
    """Counting: what should be there, less what is there, is added."""

    _inherit = "crm.kpi.engine"

    @api.model
    def _count(self, measures, days):
        """Count measures of one model in one statement; if it fails, each alone.

        :param days: days to count, or None for all
        """
        if not measures:
            return
        try:
            with self.env.cr.savepoint():
                self._add_facts(measures, days)
        except psycopg2.extensions.TransactionRollbackError:
            raise
        except Exception as error:  # a measure may be wrong in any way
            if len(measures) > 1:
                for measure in measures:
                    self._count(measure, days)
            else:
                _logger.info("The measure %s cannot be counted: %s", measures.code, error)
                measures._note_broken(self._tell_error(measures, error))
            return
        counted = measures.filtered(lambda measure: measure.state != "ready")
        if counted:
            counted._set_found(state="ready", problem=False, date_counted=self._get_now())

    @api.model
    def _tell_error(self, measure, error):
        """Return in words why a measure cannot be counted."""
        if found := re.search(rf"{NO_RATE}(\d+)", str(error)):
            currency = self.env["res.currency"].browse(int(found[1]))
            return self.env._(
                "%(measure)s: there are documents in %(currency)s, which has no exchange rate. "
                "Enter one, and count now.",
                measure=measure.name,
                currency=currency.name,
            )
        return self.env._("It cannot be counted: %(error)s", error=error)

    @api.model
    def _add_facts(self, measures, days):
        """Add to the facts what they lack: corrections where something was counted before."""
        self.env.flush_all()
        firms = self._prepare_firms(measures)
        historic = measures.filtered(lambda measure: measure._is_historic())
        if days is None or not historic:
            self._insert_facts(measures, firms, days)
            return
        # the first one ever may lie on any day, but only of values that these days know
        if others := measures - historic:
            self._insert_facts(others, firms, days)
        keys = self._find_keys(historic, firms, days)
        if any(keys.values()):
            self._insert_facts(historic, firms, None, keys)

    @api.model
    def _find_keys(self, measures, firms, days):
        """Return by measure which values were or are told apart on days."""
        statement = Statement(measures, firms, days, self._get_main_company_id())
        rows = self.env.execute_query(
            SQL(
                """
                SELECT measure_id, array_agg(DISTINCT key_value::int)
                  FROM (SELECT measure_id, key_value FROM crm_kpi_fact
                         WHERE measure_id = ANY(%s) AND date = ANY(%s) AND key_value IS NOT NULL
                     UNION ALL %s) AS known
              GROUP BY measure_id
                """,
                measures.ids,
                days,
                statement.touched(),
            )
        )
        return dict(rows)

    @api.model
    def _insert_facts(self, measures, firms, days, keys=None):
        """Insert what should be there less what is there, of days or of values or of all."""
        if keys and sum(map(len, keys.values())) > MANY_KEYS:
            keys = None
        statement = Statement(measures, firms, days, self._get_main_company_id(), keys)
        added = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_kpi_fact (measure_id, date, user_id, team_id, company_id, key_value,
                            value_sum, value_count, is_restatement, date_counted)
                SELECT measure_id, date, user_id, team_id, company_id, key_value,
                       SUM(value_sum), SUM(value_count),
                       measure_id = ANY(%(counted)s) AND date < %(today)s, %(now)s
                  FROM (SELECT * FROM (%(rows)s) AS counted
                     UNION ALL
                        SELECT measure_id, date, user_id, team_id, company_id, key_value,
                               -value_sum, -value_count
                          FROM crm_kpi_fact
                         WHERE measure_id = ANY(%(measures)s) AND %(which)s) AS found
              GROUP BY measure_id, date, user_id, team_id, company_id, key_value
                HAVING SUM(value_sum) <> 0 OR SUM(value_count) <> 0
             RETURNING id
                """,
                rows=statement.rows(),
                measures=[measure.id for measure in statement.measures],
                which=self._prepare_which(days, keys),
                counted=measures.filtered("date_counted").ids,
                today=self._get_now().date(),
                now=self._get_now(),
            )
        )
        self.env["crm.kpi.fact"].invalidate_model()
        if added:
            self._note_added(measures)

    @api.model
    def _prepare_which(self, days, keys):
        """Return which of the facts are counted anew."""
        if keys is not None:
            pairs = [(number, key) for number, found in keys.items() for key in found]
            return SQL(
                "(measure_id, key_value) IN (SELECT * FROM unnest(%s, %s::numeric[]))",
                [number for number, _key in pairs],
                [key for _number, key in pairs],
            )
        return SQL("TRUE") if days is None else SQL("date = ANY(%s)", days)

    @api.model
    def _get_main_company_id(self):
        """Return where counts what belongs to no company and nobody."""
        return self.env["ir.model.data"]._xmlid_to_res_id("base.main_company")

    @api.model
    def _note_added(self, measures):
        """Hook: facts of these measures were added."""

    @api.model
    def _prepare_firms(self, measures):
        """Return a row for each company: zone, currency and, where needed, its working time."""
        spans = self._get_span(measures)
        rows = []
        # archived ones as well: what happened in them did
        companies = self.env["res.company"].search([("active", "in", (True, False))])
        for company in companies:
            zone = company._get_kpi_zone()
            starts, ends, hours = self._get_working_time(company, spans)
            rows.append(
                SQL(
                    "(%s, %s, %s, %s, %s, %s::timestamp[], %s::timestamp[], %s::float8[])",
                    company.id,
                    zone if zone in pytz.all_timezones_set else "UTC",
                    company.currency_id.id,
                    company.root_id.id,
                    company.resource_calendar_id.hours_per_day or 8.0,
                    starts,
                    ends,
                    hours,
                )
            )
        return SQL(
            "SELECT * FROM (VALUES %s) AS firm"
            "(id, zone, currency_id, root_id, hours_per_day, starts, ends, hours)",
            SQL(", ").join(rows),
        )

    @api.model
    def _get_span(self, measures):
        """Return from when to when working time has to be known, if it has to."""
        timed = measures.filtered(lambda m: m.aggregate == DURATION and m.is_working_time)
        found = []
        for measure in timed:
            documents = measure._get_documents().with_context(active_test=False)
            for name in (measure.start_field, measure.date_field):
                if "." not in name:
                    found += documents._read_group([], [], [f"{name}:min", f"{name}:max"])[0]
        moments = [
            moment if isinstance(moment, datetime) else datetime.combine(moment, time())
            for moment in found
            if moment
        ]
        return (min(moments), max(moments)) if moments else None

    @api.model
    def _get_working_time(self, company, span):
        """Return beginnings and ends of working time, and the hours before each beginning."""
        if not span:
            return [], [], []
        calendar = company.resource_calendar_id
        if not calendar:
            return [], [], []
        first, last = (
            pytz.utc.localize(moment + timedelta(days=aside))
            for moment, aside in zip(span, (-2, 2), strict=True)
        )
        intervals = calendar._work_intervals_batch(first, last)[False]
        starts, ends, hours, total = [], [], [], 0.0
        for start, stop, _line in intervals:
            starts.append(start.astimezone(pytz.utc).replace(tzinfo=None))
            ends.append(stop.astimezone(pytz.utc).replace(tzinfo=None))
            hours.append(total)
            total += (stop - start).total_seconds() / 3600
        return starts, ends, hours
