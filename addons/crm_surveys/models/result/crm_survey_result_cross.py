from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Rows and columns of a cross table, those with most answers; more nobody reads.
ROWS, COLUMNS = 40, 12


class CrmSurveyResult(models.AbstractModel):
    """The metric for each pair of values of two dimensions."""

    _inherit = "crm.survey.result"

    @api.model
    @api.readonly
    def get_cross_table(self, filters, rows, columns):
        """Return the metric for each value of the dimension ``rows`` by each of ``columns``."""
        asked = self._read_filters(filters)
        known = self._get_dimensions()
        names = (rows, columns)
        if rows == columns or not all(isinstance(name, str) and name in known for name in names):
            raise UserError(self.env._("Choose two different dimensions for the cross table."))
        metric = asked.metric or "nps"
        minimum = self._get_minimum()
        counted = self._count_pairs(asked, metric, names)
        kept = [self._get_most(counted, place, most) for place, most in enumerate((ROWS, COLUMNS))]
        labels = [self._get_names(name, keys) for name, keys in zip(names, kept, strict=True)]
        return {
            "columns": [{"id": key, "name": labels[1][key]} for key in kept[1]],
            "rows": [
                {
                    "id": key,
                    "name": labels[0][key],
                    "cells": [
                        {
                            "id": other,
                            **self._get_figure(metric, counted.get((key, other)), minimum),
                        }
                        for other in kept[1]
                    ],
                }
                for key in kept[0]
            ],
        }

    @api.model
    def _count_pairs(self, asked, metric, names):
        """Return answers counted as (all, good, bad), by pair of values."""
        first, second = map(SQL.identifier, names)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(first)s, %(second)s, %(counts)s
                  FROM (%(facts)s) AS fact
                 WHERE points IS NOT NULL AND %(first)s IS NOT NULL AND %(second)s IS NOT NULL
              GROUP BY 1, 2
                """,
                first=first,
                second=second,
                counts=self._get_counts(),
                facts=self._get_fact_query(asked, **self._get_columns(metric, names)),
            )
        )
        return {(one, other): tuple(counts) for one, other, *counts in rows}

    @api.model
    def _get_most(self, counted, place, most):
        """Return the values at one place of the pairs that have most answers."""
        sums: dict = {}
        for pair, counts in counted.items():
            sums[pair[place]] = sums.get(pair[place], 0) + counts[0]
        return sorted(sums, key=lambda key: (-sums[key], str(key)))[:most]
