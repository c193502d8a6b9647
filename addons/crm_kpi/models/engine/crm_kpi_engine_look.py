from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.query import Query

from .crm_kpi_engine import PEOPLE
from .paths import path_to_sql

#: A transaction that takes long is committed with the date of its beginning.
OVERLAP = timedelta(minutes=30)
#: Which column of the log an owner is written to.
COLUMNS = {"sale_team_id": "team_id", "company_id": "company_id"}


class CrmKpiEngine(models.AbstractModel):
    """Looking: what has changed since, on which days it counts, and whose it was till then."""

    _inherit = "crm.kpi.engine"

    @api.model
    def _look(self, source, is_full):
        """Note changed documents of a source: former owners, days to count, and where they stand.

        :param is_full: all of them, not only those written since the last look
        """
        self.env.flush_all()
        now = self._get_now()
        since = None if is_full or not source.date_looked else source.date_looked - OVERLAP
        which = SQL("write_date >= %s", since) if since else SQL("TRUE")
        self.env.execute_query(self._prepare_look(source, which, now))
        if is_full:
            self._forget_deleted(source)
        source._sealed_write({"date_looked": now})
        self._forget_cache()

    @api.model
    def _note_stays(self, path, former):
        """Note at the pen that documents have changed hands, in one statement.

        Between two looks of the job a document may be won by one and taken by another. A model
        whose owners judge people calls this when they are written; nothing is locked by it.

        :param former: who had each document until now
        """
        documents = former and next(iter(former)).browse().concat(*former)
        moved = [document for document in documents or () if document[path] != former[document]]
        if not moved:
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_kpi_owner_log
                            (model_name, path, res_id, user_id, date_from, date_to)
                SELECT %(model)s, %(path)s, moved.id, NULLIF(moved.user_id, 0), past.date_to,
                       GREATEST(past.date_to, date_trunc('second', %(now)s::timestamp))
                  FROM unnest(%(ids)s, %(users)s) AS moved(id, user_id)
            CROSS JOIN LATERAL (
                    SELECT MAX(date_to) FROM crm_kpi_owner_log
                     WHERE model_name = %(model)s AND path = %(path)s AND res_id = moved.id
                  ) AS past(date_to)
           ON CONFLICT (model_name, path, res_id, date_to) DO NOTHING
             RETURNING id
                """,
                model=documents._name,
                path=path,
                now=self._get_now(),
                ids=[document.id for document in moved],
                users=[former[document].id or 0 for document in moved],
            )
        )
        self.env["crm.kpi.owner.log"].invalidate_model()

    @api.model
    def _forget_cache(self):
        for name in ("crm.kpi.trace", "crm.kpi.owner.log", "crm.kpi.dirty"):
            self.env[name].invalidate_model()

    @api.model
    def _prepare_look(self, source, which, now):
        return SQL(
            """
            WITH seen AS (%(seen)s),
            changed AS MATERIALIZED (
                SELECT seen.*, trace.stamp AS old_stamp, trace.days AS old_days,
                       trace.owners AS old_owners
                  FROM seen
             LEFT JOIN crm_kpi_trace AS trace
                    ON trace.source_id = %(source)s AND trace.res_id = seen.id
                 WHERE trace.id IS NULL OR trace.stamp IS DISTINCT FROM seen.stamp
                    OR trace.days <> seen.days OR trace.owners <> seen.owners),
            logged AS (%(logged)s),
            dirtied AS (%(dirtied)s)
            INSERT INTO crm_kpi_trace (source_id, res_id, stamp, days, owners)
            SELECT %(source)s, id, stamp, days, owners FROM changed
       ON CONFLICT (source_id, res_id) DO UPDATE
               SET stamp = excluded.stamp, days = excluded.days, owners = excluded.owners
         RETURNING id
            """,
            seen=self._prepare_seen(source, which),
            source=source.id,
            logged=self._prepare_logged(source, now),
            dirtied=self._prepare_dirtied(
                source,
                SQL(
                    "SELECT days FROM changed UNION ALL"
                    " SELECT old_days FROM changed WHERE old_days IS NOT NULL"
                ),
            ),
        )

    @api.model
    def _prepare_seen(self, source, which):
        """Return documents as they stand: id, stamp, days and owners, in the source's order.

        A field that is gone is unknown (null): nobody is thought to have lost a document by it.
        """
        model = self.env[source.model_name]
        query = Query(self.env, model._table, model._table_sql)
        days = [
            SQL("(%s)::date::text", self._read_slot(model, query, path))
            for path in source.dates or []
        ]
        owners = [self._read_owner(model, query, path) for path in source.paths or []]
        stamp = SQL.identifier(query.table, "write_date")
        documents = SQL.identifier(model._table)
        query.add_where(
            SQL(
                "%s IN (SELECT id FROM %s WHERE %s)",
                SQL.identifier(query.table, "id"),
                documents,
                which,
            )
        )
        return query.select(
            SQL.identifier(query.table, "id"),
            SQL("%s AS stamp", stamp),
            SQL("jsonb_build_array(%s) AS days", SQL(", ").join(days)),
            SQL("jsonb_build_array(%s) AS owners", SQL(", ").join(owners)),
        )

    @api.model
    def _read_owner(self, model, query, path):
        owner = self._read_slot(model, query, path)
        return SQL("NULL") if owner == SQL("NULL") else SQL("COALESCE(%s, 0)", owner)

    @api.model
    def _read_slot(self, model, query, path):
        """Return what stands at the end of a path, or nothing where a field of it is gone."""
        target = model
        for name in path.split("."):
            if target is None or name not in target._fields:
                return SQL("NULL")
            target = self.env.get(target._fields[name].comodel_name)
        return path_to_sql(model, query, path)[0]

    @api.model
    def _prepare_logged(self, source, now):
        """Return a statement that notes who had a document until now.

        The moment is when the document was written last; where that tells nothing, now. Dates of
        events have no fractions of a second, and so has this.
        """
        if not source.paths:
            return SQL("SELECT 1")
        slots = SQL(", ").join(
            SQL("(%s, %s)", number, path) for number, path in enumerate(source.paths)
        )
        was = SQL("NULLIF((old_owners->>slot.number)::int, 0)")
        columns = {"user_id": was}
        if source.model_name == PEOPLE:
            columns = {
                name: SQL("CASE WHEN slot.path = %s THEN %s END", path, was)
                for path, name in COLUMNS.items()
            }
        return SQL(
            """
            INSERT INTO crm_kpi_owner_log
                        (model_name, path, res_id, %(names)s, date_from, date_to)
            SELECT %(model)s, slot.path, changed.id, %(values)s, past.date_to,
                   GREATEST(past.date_to, date_trunc('second', CASE
                       WHEN changed.stamp > changed.old_stamp THEN changed.stamp
                       ELSE %(now)s END))
              FROM changed
        CROSS JOIN (VALUES %(slots)s) AS slot(number, path)
        CROSS JOIN LATERAL (
                SELECT MAX(date_to) FROM crm_kpi_owner_log
                 WHERE model_name = %(model)s AND path = slot.path AND res_id = changed.id
              ) AS past(date_to)
             WHERE old_owners->>slot.number IS NOT NULL AND owners->>slot.number IS NOT NULL
               AND old_owners->>slot.number <> owners->>slot.number
               -- what was noted at the pen since the last look is not noted twice
               AND (past.date_to IS NULL OR past.date_to <= changed.old_stamp)
       ON CONFLICT (model_name, path, res_id, date_to) DO NOTHING
         RETURNING id
            """,
            names=SQL(", ").join(SQL.identifier(name) for name in columns),
            values=SQL(", ").join(columns.values()),
            model=source.model_name,
            now=now,
            slots=slots,
        )

    @api.model
    def _prepare_dirtied(self, source, days):
        """Return a statement that notes days, and their neighbors: time zones lie between."""
        return SQL(
            """
            INSERT INTO crm_kpi_dirty (source_id, date)
            SELECT DISTINCT %(source)s, day::date + aside
              FROM (%(days)s) AS touched
        CROSS JOIN LATERAL jsonb_array_elements_text(touched.days) AS day
        CROSS JOIN (VALUES (-1), (0), (1)) AS near(aside)
             WHERE day IS NOT NULL
       ON CONFLICT (source_id, date) DO NOTHING
         RETURNING id
            """,
            source=source.id,
            days=days,
        )

    @api.model
    def _forget_deleted(self, source):
        """Count the days of deleted documents anew, and drop where they stood."""
        self.env.execute_query(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM crm_kpi_trace AS trace
                     WHERE trace.source_id = %(source)s AND NOT EXISTS (
                               SELECT FROM %(table)s AS document WHERE document.id = trace.res_id)
                 RETURNING trace.days)
                %(dirtied)s
                """,
                source=source.id,
                table=SQL.identifier(self.env[source.model_name]._table),
                dirtied=self._prepare_dirtied(source, SQL("SELECT days FROM gone")),
            )
        )
