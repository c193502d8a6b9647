"""Documents of one model, read once, with the day, company and person each counts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from odoo.models import BaseModel
from odoo.tools import SQL
from odoo.tools.query import Query

from ..measure.crm_kpi_measure import (
    AVERAGE,
    COUNT,
    DURATION,
    HISTORIC,
    MAXIMUM,
    MINIMUM,
    SHARE,
    SUM,
)
from . import worth as worth_of
from .paths import column, end_of_path, is_day, path_to_sql


class PlacedDocuments:
    """The lower two of the three layers of a statement that counts measures of a model.

    ``source`` reads the table once and says for each document which conditions it meets and what
    it is worth; ``placed`` says on which day that was, in which company and whose it was.

    :param firms: rows of ``firm``: company, zone, currency, root company, working time
    :param days: count these days only; measures that need all of history are counted wholly
    :param keys: by id of a measure that needs all of history, the values it is counted for
    """

    def __init__(
        self,
        measures: BaseModel,
        firms: SQL,
        days: Sequence[date] | None,
        main_company: int,
        keys: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        self.measures = list(measures)
        self.model = self.measures[0]._get_documents()
        self.firms = firms
        self.days = list(days) if days is not None else None
        self.main_company = main_company
        self.keys = keys
        self.query = Query(self.model.env, self.model._table, self.model._table_sql)
        self.is_touched = False
        self.axes = list(dict.fromkeys(measure._get_axis() for measure in self.measures))

    def axis_of(self, measure: BaseModel) -> int:
        """Return the place of the axis a measure counts by."""
        return self.axes.index(measure._get_axis())

    # ---- the table, read once ---------------------------------------------------------------

    def _source(self) -> SQL:
        table = self.query.table
        columns = [SQL("%s AS id", SQL.identifier(table, "id")), self._company()]
        for number, (date_field, actor_path) in enumerate(self.axes):
            moment, *_where = path_to_sql(self.model, self.query, date_field)
            owner = carrier = SQL("NULL::int")
            if actor_path:
                owner, _model, alias = path_to_sql(self.model, self.query, actor_path)
            if "." in actor_path:
                carrier = SQL.identifier(alias, "id")
            columns.append(SQL("%s AS %s", moment, column("moment", number)))
            columns.append(SQL("%s AS %s", owner, column("owner", number)))
            columns.append(SQL("%s AS %s", carrier, column("carrier", number)))
        for number, measure in enumerate(self.measures):
            columns += self._measured(number, measure)
        limits = self._limits_by_keys() if self.keys is not None else self._limits_by_days()
        if limits:
            self.query.add_where(limits)
        return self.query.select(*columns)

    def _company(self) -> SQL:
        field = self.model._fields.get("company_id")
        if field is None or not field.store or field.comodel_name != "res.company":
            return SQL("NULL::int AS company_id")
        return SQL("%s AS company_id", self.model._field_to_sql(self.query.table, "company_id"))

    def _measured(self, number: int, measure: BaseModel) -> list[SQL]:
        """Return condition, worth and currency of a measure."""
        is_met = self._condition(measure, "domain")
        if self.keys is not None:
            # documents are there for the sake of another measure's values as well
            known = SQL("%s = ANY(%s)", self._told_by(measure), self.keys.get(measure.id, []))
            is_met = SQL("%s AND COALESCE(%s, FALSE)", is_met, known)
        found = [SQL("%s AS %s", is_met, column("is_met", number))]
        worth, currency = SQL("1"), SQL("NULL::int")
        if measure.aggregate == SHARE:
            part = self._condition(measure, "part_domain")
            worth = SQL("CASE WHEN %s THEN 1 ELSE 0 END", part)
        elif measure.aggregate == DURATION:
            worth, *_where = path_to_sql(self.model, self.query, measure.start_field)
        elif measure.aggregate != COUNT:
            worth, model, alias = path_to_sql(self.model, self.query, measure.value_field)
            currency = self._currency(model, alias, measure.value_field.split(".")[-1])
        found.append(SQL("%s AS %s", worth, column("worth", number)))
        found.append(SQL("%s AS %s", currency, column("currency", number)))
        if measure.late_field:
            late, *_where = path_to_sql(self.model, self.query, measure.late_field)
            found.append(SQL("%s AS %s", late, column("late", number)))
        return found

    def _condition(self, measure: BaseModel, name: str) -> SQL:
        domain = measure._get_domain(name).optimize_full(self.model)
        if domain.is_true():
            return SQL("TRUE")
        return SQL(
            "COALESCE((%s), FALSE)", domain._to_sql(self.model, self.query.table, self.query)
        )

    def _currency(self, model: BaseModel, alias: str, name: str) -> SQL:
        """Return in which currency an amount is; nothing where it is that of the company."""
        field = model._fields[name]
        currency = field.get_currency_field(model) if field.type == "monetary" else None
        if not currency or not model._fields[currency].store:
            return SQL("NULL::int")
        return model._field_to_sql(alias, currency, self.query)

    def _limits_by_keys(self) -> SQL:
        """Return a condition that leaves out documents with other values."""
        return SQL(" OR ").join(
            SQL("%s = ANY(%s)", self._told_by(measure), self.keys.get(measure.id, []))
            for measure in self.measures
        )

    def _told_by(self, measure: BaseModel) -> SQL:
        return path_to_sql(self.model, self.query, measure.value_field)[0]

    def _limits_by_days(self) -> SQL | None:
        """Return a condition that leaves out documents of other times.

        It is wider than the days by one on each side, since days are those of a time zone.
        """
        is_whole = any(measure.aggregate in HISTORIC for measure in self.measures)
        if self.days is None or (is_whole and not self.is_touched):
            return None
        first, last = min(self.days) - timedelta(days=1), max(self.days) + timedelta(days=2)
        moments = {
            path_to_sql(self.model, self.query, date_field)[0] for date_field, _path in self.axes
        }
        return SQL(" OR ").join(
            SQL("(%s >= %s AND %s < %s)", moment, first, moment, last) for moment in moments
        )

    # ---- day, company, employee, team -------------------------------------------------------

    def _placed(self, source: SQL) -> SQL:
        """Return documents with day, company and person of their moment.

        Where fields with dots between lead to the owner, it is that of the document they end at:
        its log is asked first, since it knows of days before this document was linked to it.
        """
        is_carried = any("." in path for _date_field, path in self.axes)
        return SQL(
            """
            SELECT source.id AS document_id, axis.moment, placed.date, firm.id AS company_id,
                   held.user_id, %(team)s AS team_id, %(columns)s
              FROM (%(source)s) AS source
        CROSS JOIN LATERAL (VALUES %(axes)s) AS axis(
                   number, path, moment, is_day, user_id, carrier_model, carrier_path, carrier_id)
         LEFT JOIN crm_kpi_owner_log AS carried
                ON carried.model_name = axis.carrier_model AND carried.path = axis.carrier_path
               AND carried.res_id = axis.carrier_id AND %(was_carried)s
         LEFT JOIN crm_kpi_owner_log AS former
                ON former.model_name = %(model)s AND former.path = axis.path
               AND former.res_id = source.id AND %(was_former)s
        CROSS JOIN LATERAL (
                SELECT CASE WHEN carried.id IS NOT NULL THEN carried.user_id
                       WHEN former.id IS NOT NULL THEN former.user_id ELSE axis.user_id END
              ) AS held(user_id)
         LEFT JOIN res_users AS worker ON worker.id = held.user_id
         LEFT JOIN crm_kpi_owner_log AS was_in
                ON was_in.model_name = 'res.users' AND was_in.path = 'sale_team_id'
               AND was_in.res_id = held.user_id AND %(was_in)s
         LEFT JOIN crm_kpi_owner_log AS was_of
                ON was_of.model_name = 'res.users' AND was_of.path = 'company_id'
               AND was_of.res_id = held.user_id AND %(was_of)s
              JOIN (%(firms)s) AS firm ON firm.id = COALESCE(
                       source.company_id, was_of.company_id, worker.company_id, %(main)s)
        CROSS JOIN LATERAL (
                SELECT CASE WHEN axis.is_day THEN axis.moment::date
                       ELSE (axis.moment AT TIME ZONE 'UTC' AT TIME ZONE firm.zone)::date END
              ) AS placed(date)
             WHERE axis.moment IS NOT NULL
            """,
            team=SQL(
                "CASE WHEN was_in.id IS NULL THEN worker.sale_team_id ELSE was_in.team_id END"
            ),
            columns=SQL(", ").join(
                part for i, measure in enumerate(self.measures) for part in self._judged(i, measure)
            ),
            source=source,
            axes=SQL(", ").join(self._axis_values()),
            model=self.model._name,
            was_carried=self._stay("carried") if is_carried else SQL("FALSE"),
            was_former=self._stay("former"),
            was_in=self._stay("was_in"),
            was_of=self._stay("was_of"),
            firms=self.firms,
            main=self.main_company,
        )

    def _axis_values(self) -> list[SQL]:
        found = []
        for number, (date_field, path) in enumerate(self.axes):
            found.append(
                SQL(
                    "(%s, %s, source.%s::timestamp, %s, source.%s::int, %s, %s, source.%s::int)",
                    number,
                    path,
                    column("moment", number),
                    is_day(self.model, date_field),
                    column("owner", number),
                    end_of_path(self.model, path)._name,
                    path.split(".")[-1],
                    column("carrier", number),
                )
            )
        return found

    def _stay(self, alias: str) -> SQL:
        """Return that a line of the log was so at the moment."""
        return SQL(
            "COALESCE(%s, '-infinity') <= axis.moment AND axis.moment < %s",
            SQL.identifier(alias, "date_from"),
            SQL.identifier(alias, "date_to"),
        )

    def _judged(self, number: int, measure: BaseModel) -> list[SQL]:
        """Return whether a measure counts this line, and what it is worth in the end."""
        is_met = SQL(
            "axis.number = %s AND source.%s", self.axis_of(measure), column("is_met", number)
        )
        if measure.company_id:
            is_met = SQL("%s AND firm.id = %s", is_met, measure.company_id.id)
        if measure.late_field:
            is_met = SQL("%s AND %s", is_met, self._late(number, measure))
        if self.days is not None and measure.aggregate not in HISTORIC:
            is_met = SQL("%s AND placed.date = ANY(%s)", is_met, self.days)
        return [
            SQL("(%s) AS %s", is_met, column("is_met", number)),
            SQL("%s AS %s", self._worth(number, measure), column("worth", number)),
        ]

    def _late(self, number: int, measure: BaseModel) -> SQL:
        """Return that it was done too late, or is not done though its time is over."""
        return worth_of.late(
            SQL("source.%s", column("late", number)),
            self.model.env.cr.now(),
            is_day(self.model, measure.late_field),
            is_day(self.model, measure.date_field),
        )

    def _worth(self, number: int, measure: BaseModel) -> SQL:
        worth = SQL("source.%s", column("worth", number))
        if measure.aggregate == DURATION:
            return worth_of.duration(worth, measure)
        if measure.aggregate in (SUM, AVERAGE, MINIMUM, MAXIMUM):
            return worth_of.converted(
                worth,
                SQL("source.%s", column("currency", number)),
                SQL("source.%s", column("is_met", number)),
            )
        return SQL("(%s)::numeric", worth)
