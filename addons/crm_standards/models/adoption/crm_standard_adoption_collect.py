from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic.adoption import RECENT_DAYS, USUAL_DAYS

RETENTION = "crm_standards.adoption_retention_days"
RETENTION_DAYS = 400
#: As far back as days are compared; older ones are not made up later.
BACKFILL_DAYS = RECENT_DAYS + USUAL_DAYS
GC_BATCH = 10_000


class CrmStandardAdoption(models.Model):
    """How the days are counted: one statement a day for all employees, missed days included."""

    _inherit = "crm.standard.adoption"

    @api.model
    def _cron_collect(self) -> None:
        """Count all days that are over and were not counted yet. Run twice, it changes nothing."""
        commit = self.env["ir.cron"]._commit_progress
        days = self._find_missing_days()
        commit(remaining=len(days))
        for day in days:
            self._collect(day)
            if not commit(1):
                return

    @api.model
    def _get_employees(self):
        """Hook: return the people whose use is counted: whoever works under standards."""
        group = self.env.ref("crm_standards.group_user")
        return group.all_user_ids.filtered(lambda user: user.active and not user.share)

    @api.model
    def _find_missing_days(self) -> list[date]:
        """Return the days on which somebody's row is missing, oldest first."""
        today = fields.Date.today()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT day::date
                  FROM generate_series(%(first)s::date, %(last)s::date, '1 day') AS day
                 CROSS JOIN res_users AS person
                 WHERE person.id IN %(users)s
                   AND day::date > person.create_date::date
                   AND NOT EXISTS (SELECT FROM crm_standard_adoption AS known
                                    WHERE known.user_id = person.id AND known.date = day::date)
              ORDER BY 1
                """,
                first=today - timedelta(days=BACKFILL_DAYS),
                last=today - timedelta(days=1),
                users=self._get_employees()._ids or (0,),
            )
        )
        return [day for (day,) in rows]

    @api.model
    def _get_bounds(self, users, day: date) -> list[tuple[int, datetime, datetime, str]]:
        """Return user, begin and end (naive UTC) and time zone of a day that is over for him."""
        now, bounds = fields.Datetime.now(), []
        for user in users:
            name = user.tz if user.tz in pytz.all_timezones_set else "UTC"
            zone = pytz.timezone(name)
            begin, end = (
                zone.localize(datetime.combine(one, time.min)).astimezone(pytz.utc)
                for one in (day, day + timedelta(days=1))
            )
            begin, end = begin.replace(tzinfo=None), end.replace(tzinfo=None)
            if user.create_date < end <= now:
                bounds.append((user.id, begin, end, name))
        return bounds

    @api.model
    def _measure_completeness(self, users, day: date) -> dict[int, float]:
        """Hook: return how complete each user's own records were, in percent, where known.

        The data-entry standards are measured as they are now: what a day before yesterday was like
        is not made up later.
        """
        if day < fields.Date.today() - timedelta(days=1):
            return {}
        # sudo: each is measured by all his records, whoever counts
        report = self.env["crm.standard.entry.report"].sudo()
        rows = report._read_group(
            [("user_id", "in", users.ids)], ["user_id"], ["completeness_percent:avg"]
        )
        return {user.id: percent for user, percent in rows if percent is not None}

    @api.model
    def _collect(self, day: date) -> None:
        """Write the rows of a day, for all employees whose day is over."""
        users = self._get_employees()
        bounds = self._get_bounds(users, day)
        if not bounds:
            return
        self.env.flush_all()
        complete = self._measure_completeness(users, day)
        self.env.execute_query(self._get_statement(day, bounds, complete))
        self.invalidate_model()

    @api.model
    def _get_statement(
        self,
        day: date,
        bounds: Sequence[tuple[int, datetime, datetime, str]],
        complete: Mapping[int, float],
    ) -> SQL:
        """Return the statement that counts a day.

        Each fact is counted for the one who did it. Whether an activity was overdue is told by
        its dates, so that a day counted late gives the same as one counted in time.
        """
        ids, begins, ends, zones = map(list, zip(*bounds, strict=True))
        return SQL(
            """
            WITH span AS (
                SELECT * FROM unnest(%(ids)s::int[], %(begins)s::timestamp[],
                                     %(ends)s::timestamp[], %(zones)s::varchar[],
                                     %(percents)s::float[])
                         AS span(user_id, date_from, date_to, zone, percent)),
            login AS (
                SELECT user_id, COUNT(*) AS count, MIN(hour) AS hour_first, MAX(hour) AS hour_last
                  FROM (SELECT user_id, EXTRACT(hour FROM
                               fact.date AT TIME ZONE 'UTC' AT TIME ZONE span.zone) AS hour
                          FROM crm_standard_login AS fact JOIN span USING (user_id)
                         WHERE fact.date >= span.date_from AND fact.date < span.date_to) AS hours
              GROUP BY user_id),
            lead AS (
                SELECT span.user_id, COUNT(*) AS count
                  FROM crm_lead AS fact JOIN span ON span.user_id = fact.create_uid
                 WHERE fact.create_date >= span.date_from AND fact.create_date < span.date_to
              GROUP BY span.user_id),
            move AS (
                SELECT span.user_id, COUNT(*) AS count
                  FROM crm_standard_transition AS fact JOIN span ON span.user_id = fact.actor_id
                 WHERE fact.date >= span.date_from AND fact.date < span.date_to
                   AND fact.date >= %(first)s AND fact.date < %(last)s
                   AND fact.origin = 'person' AND fact.outcome_from IS NOT NULL
              GROUP BY span.user_id),
            done AS (
                SELECT user_id, COUNT(*) AS count,
                       COUNT(*) FILTER (WHERE fact.date_done > fact.date_deadline) AS late
                  FROM mail_activity AS fact JOIN span USING (user_id)
                 WHERE fact.active IS NOT TRUE AND fact.date_done = %(day)s
              GROUP BY user_id),
            overdue AS (
                SELECT user_id, COUNT(*) AS count
                  FROM mail_activity AS fact JOIN span USING (user_id)
                 WHERE fact.date_deadline <= %(day)s AND fact.create_date < span.date_to
                   AND (fact.active OR fact.date_done > %(day)s)
              GROUP BY user_id),
            violation AS (
                SELECT user_id, COUNT(*) AS count
                  FROM crm_standard_violation AS fact JOIN span USING (user_id)
                 WHERE fact.date >= span.date_from AND fact.date < span.date_to
                   AND fact.date >= %(first)s AND fact.date < %(last)s
              GROUP BY user_id),
            seen AS (
                SELECT DISTINCT user_id
                  FROM res_device_log AS fact JOIN span USING (user_id)
                 WHERE (fact.last_activity >= span.date_from AND fact.last_activity < span.date_to)
                    OR (fact.first_activity >= span.date_from
                        AND fact.first_activity < span.date_to)),
            fact AS (
                SELECT span.user_id, span.percent, login.hour_first, login.hour_last,
                       COALESCE(login.count, 0) AS logins, COALESCE(lead.count, 0) AS leads,
                       COALESCE(move.count, 0) AS moves, COALESCE(done.count, 0) AS done,
                       COALESCE(done.late, 0) AS late, COALESCE(overdue.count, 0) AS overdue,
                       COALESCE(violation.count, 0) AS violations,
                       COALESCE(login.count, lead.count, move.count, done.count, seen.user_id)
                           IS NOT NULL AS is_seen
                  FROM span
             LEFT JOIN login USING (user_id)
             LEFT JOIN lead USING (user_id)
             LEFT JOIN move USING (user_id)
             LEFT JOIN done USING (user_id)
             LEFT JOIN overdue USING (user_id)
             LEFT JOIN violation USING (user_id)
             LEFT JOIN seen USING (user_id))
            INSERT INTO crm_standard_adoption (
                date, user_id, team_id, company_id, is_seen, day_seen_count, login_count,
                hour_first, hour_last, lead_created_count, move_count, done_count, late_count,
                deed_count, on_time_percent, overdue_count, violation_count,
                completeness_percent, create_uid, create_date)
            SELECT %(day)s, fact.user_id, person.sale_team_id, person.company_id, is_seen,
                   is_seen::int, logins, hour_first, hour_last, leads, moves, done, late,
                   leads + moves + done, 100.0 * (done - late) / NULLIF(done, 0), overdue,
                   violations, percent, %(uid)s, %(now)s
              FROM fact
              JOIN res_users AS person ON person.id = fact.user_id
          ORDER BY fact.user_id
            ON CONFLICT (user_id, date) DO NOTHING
            RETURNING id
            """,
            first=min(begins),
            last=max(ends),
            day=day,
            ids=ids,
            begins=begins,
            ends=ends,
            zones=zones,
            percents=[complete.get(user_id) for user_id in ids],
            uid=self.env.uid,
            now=self.env.cr.now(),
        )

    # ---- retention -------------------------------------------------------------------------

    @api.model
    def _get_retention_days(self) -> int:
        """Return how long the days of a person are kept."""
        # sudo: the clean-up follows the setting, whoever calls it
        value = self.env["ir.config_parameter"].sudo().get_param(RETENTION)
        try:
            return max(int(value), BACKFILL_DAYS + 1)
        except (TypeError, ValueError):
            return RETENTION_DAYS

    @api.autovacuum
    def _gc_old_days(self):
        """Delete days past the retention period, and log-ins that were counted long since."""
        today = fields.Date.today()
        logins = self.env["crm.standard.login"].search(
            [("date", "<", today - timedelta(days=BACKFILL_DAYS + 2))], limit=GC_BATCH
        )
        logins._sealed_unlink()
        limit = today - timedelta(days=self._get_retention_days())
        rows = self.search([("date", "<", limit)], limit=GC_BATCH)
        rows._sealed_unlink()
        return len(rows), len(rows) == GC_BATCH
