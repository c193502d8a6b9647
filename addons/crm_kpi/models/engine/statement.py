"""Measures of one model, compiled by the ORM into one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

from ..measure.crm_kpi_measure import DISTINCT, FIRST, HISTORIC, LAST, MAXIMUM, MINIMUM
from .paths import column
from .placed import PlacedDocuments

#: One row for each value told apart, instead of one for each day.
SPLIT = {DISTINCT, FIRST, LAST}


class Statement(PlacedDocuments):
    """The one statement that counts measures of a model.

    Over documents in their places ``FILTER`` aggregates count all measures side by side.
    """

    def rows(self) -> SQL:
        """Return measure_id, date, user_id, team_id, company_id, key_value, value_sum, count."""
        summed = [i for i, measure in enumerate(self.measures) if measure.aggregate not in SPLIT]
        split = [i for i, measure in enumerate(self.measures) if measure.aggregate in SPLIT]
        branches = [self._split(number) for number in split]
        if summed:
            branches.append(self._summed(summed))
        # what only reads `source` has to be built before: it adds joins to the query
        source = self._source()
        return SQL(
            "WITH placed AS %s(%s) %s",
            SQL("MATERIALIZED ") if len(branches) > 1 else SQL(),
            self._placed(source),
            SQL(" UNION ALL ").join(branches),
        )

    def documents(self, first: date, last: date, where: SQL) -> SQL:
        """Return ids of the documents that the first measure counts in a time.

        :param where: a condition on user_id, team_id and company_id, as they are on facts
        """
        is_told_apart = self.measures[0].aggregate in SPLIT
        met = self._told_apart(0) if is_told_apart else SQL("placed WHERE %s", column("is_met", 0))
        return SQL(
            "WITH placed AS (%s) SELECT DISTINCT document_id FROM (SELECT * FROM %s) AS met"
            " WHERE date BETWEEN %s AND %s AND (%s)",
            self._placed(self._source()),
            met,
            first,
            last,
            where,
        )

    def touched(self) -> SQL:
        """Return measure_id and key_value of what documents of the days tell apart.

        The days are not those of a time zone yet: there may be values of their neighbors, too.
        """
        self.is_touched = True
        source = self._source()
        lines = [
            SQL(
                "(%s, (source.%s)::numeric, source.%s)",
                measure.id,
                column("worth", number),
                column("is_met", number),
            )
            for number, measure in enumerate(self.measures)
        ]
        return SQL(
            "SELECT line.measure_id, line.key_value FROM (%s) AS source"
            " CROSS JOIN LATERAL (VALUES %s) AS line(measure_id, key_value, is_met)"
            " WHERE line.is_met AND line.key_value IS NOT NULL",
            source,
            SQL(", ").join(lines),
        )

    # ---- what is counted --------------------------------------------------------------------

    def _split(self, number: int) -> SQL:
        return SQL(
            """
            SELECT %(measure)s AS measure_id, date, user_id, team_id, company_id,
                   %(worth)s AS key_value, 1::numeric AS value_sum, 1::numeric AS value_count
              FROM (SELECT * FROM %(met)s) AS met
          GROUP BY date, user_id, team_id, company_id, %(worth)s
            """,
            measure=self.measures[number].id,
            worth=column("worth", number),
            met=self._told_apart(number),
        )

    def _told_apart(self, number: int) -> SQL:
        """Return the lines with a value to tell apart; of the first or last ever, only these."""
        worth, is_met = column("worth", number), column("is_met", number)
        lines = SQL("placed WHERE %s AND %s IS NOT NULL", is_met, worth)
        aggregate = self.measures[number].aggregate
        if aggregate not in HISTORIC:
            return lines
        return SQL(
            "(SELECT DISTINCT ON (company_id, %(worth)s) * FROM %(lines)s"
            " ORDER BY company_id, %(worth)s, moment %(order)s, document_id %(order)s) AS ever",
            worth=worth,
            lines=lines,
            order=SQL("ASC") if aggregate == FIRST else SQL("DESC"),
        )

    def _summed(self, numbers: Sequence[int]) -> SQL:
        counted = [
            SQL(
                "%s AS %s, %s AS %s",
                self._aggregate(number),
                column("sum", number),
                SQL(
                    "COUNT(%s) FILTER (WHERE %s)", column("worth", number), column("is_met", number)
                ),
                column("count", number),
            )
            for number in numbers
        ]
        lines = [self._line(number) for number in numbers]
        return SQL(
            """
            SELECT line.measure_id, day.date, day.user_id, day.team_id, day.company_id,
                   line.key_value, line.value_sum, line.value_count
              FROM (SELECT date, user_id, team_id, company_id, %(counted)s
                      FROM placed
                     WHERE %(is_met)s
                  GROUP BY date, user_id, team_id, company_id) AS day
        CROSS JOIN LATERAL (VALUES %(lines)s)
                AS line(measure_id, key_value, value_sum, value_count)
             WHERE line.value_count > 0
            """,
            counted=SQL(", ").join(counted),
            is_met=SQL(" OR ").join(column("is_met", number) for number in numbers),
            lines=SQL(", ").join(lines),
        )

    def _aggregate(self, number: int) -> SQL:
        worth, is_met = column("worth", number), column("is_met", number)
        match self.measures[number].aggregate:
            case "min":
                return SQL("MIN(%s) FILTER (WHERE %s)", worth, is_met)
            case "max":
                return SQL("MAX(%s) FILTER (WHERE %s)", worth, is_met)
        return SQL("COALESCE(SUM(%s) FILTER (WHERE %s), 0)", worth, is_met)

    def _line(self, number: int) -> SQL:
        is_extreme = self.measures[number].aggregate in (MINIMUM, MAXIMUM)
        total = SQL("day.%s", column("sum", number))
        count = SQL("day.%s", column("count", number))
        return SQL(
            "(%s, %s, %s, %s)",
            self.measures[number].id,
            SQL("ROUND(%s, 4)", total) if is_extreme else SQL("NULL::numeric"),
            SQL("ROUND(%s, 4)", total),
            SQL("LEAST(%s, 1)::numeric", count) if is_extreme else SQL("%s::numeric", count),
        )
