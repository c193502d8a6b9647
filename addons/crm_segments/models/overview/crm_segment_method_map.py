from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..method.crm_segment_method import ABC, BCG, XYZ

#: What the map shows; the first one decides about the company.
KINDS = (ABC, XYZ, BCG)
#: Points of a curve: more would lie on each other.
POINTS = 100


class CrmSegmentMethod(models.Model):
    """What the map shows: who brings the most, how evenly, and who grows.

    All figures are those of rows that the reader may see.
    """

    _inherit = "crm.segment.method"

    @api.model
    @api.readonly
    def get_map(self, chosen=None):
        """Return the methods there are, those shown, and their figures.

        :param chosen: the method to show for each kind: ``{"abc": 3, "xyz": 5, "bcg": 7}``; the
            first one there is where none is given
        """
        self.check_access("read")
        if not isinstance(chosen or {}, dict):
            raise UserError(self.env._("Choose one method of each kind."))
        offered, shown = self._choose_all(chosen or {})
        return {
            "methods": {kind: methods.read(["name"]) for kind, methods in offered.items()},
            "chosen": {kind: method.id for kind, method in shown.items()},
            "currency_id": (shown[ABC] or shown[BCG] or shown[XYZ]).currency_id.id,
            "classes": shown[ABC]._get_class_figures(),
            "pareto": shown[ABC]._get_pareto(),
            "matrix": shown[ABC]._get_matrix(shown[XYZ]),
            "portfolio": shown[BCG]._get_portfolio(),
        }

    @api.model
    def _choose_all(self, chosen):
        """Return, by kind, the methods to choose from and the one shown.

        What is shown side by side is of one company: that of ABC, or of the first there is.
        """
        methods = self.search([("kind", "in", KINDS), ("date_counted", "!=", False)])
        offered, shown = {}, {}
        for kind in KINDS:
            offered[kind] = methods.grouped("kind").get(kind, self.browse())
            shown[kind] = self._choose(offered[kind], chosen.get(kind))
            methods = methods.grouped("company_id").get(shown[kind].company_id, methods)
        return offered, shown

    @api.model
    def _choose(self, methods, wanted):
        """Return the method of a number that anybody may have sent, or the first one."""
        return methods.filtered(lambda method: method.id == wanted) or methods[:1]

    def _get_class_figures(self):
        """Return number and sum of each class, the best first."""
        rows = self.env["crm.segment.membership"]._read_group(
            [("method_id", "in", self.ids)],
            ["segment_id"],
            ["__count", "amount:sum", "share_percent:sum"],
        )
        found = {segment: figures for segment, *figures in rows}
        return [
            {
                **self._tell_class(segment),
                **dict(
                    zip(("count", "amount", "share"), found.get(segment, (0, 0, 0)), strict=True)
                ),
                "domain": [("segment_id", "=", segment.id)],
            }
            for segment in self.segment_ids
        ]

    def _tell_class(self, segment):
        return {
            "id": segment.id,
            "code": segment.code,
            "name": segment.name,
            "color": segment.color,
            "advice": segment.advice or "",
        }

    def _get_pareto(self):
        """Return points of the curve: percent of customers, and of the whole they bring."""
        if not self:
            return []
        members = self.env["crm.segment.membership"]._search(
            [("method_id", "=", self.id), ("amount", ">", 0)]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT MAX(place) * 100.0 / MAX(number), MAX(running_percent)
                  FROM (SELECT running_percent,
                               ROW_NUMBER() OVER (ORDER BY rank, partner_id) AS place,
                               NTILE(%s) OVER (ORDER BY rank, partner_id) AS tile,
                               COUNT(*) OVER () AS number
                          FROM %s AS member) AS placed
              GROUP BY tile
              ORDER BY tile
                """,
                POINTS,
                members.subselect("rank", "partner_id", "running_percent"),
            )
        )
        return [{"x": 0.0, "y": 0.0}, *({"x": float(x), "y": float(y)} for x, y in rows)]

    def _get_matrix(self, other):
        """Return the classes of one method against those of another: customers and sums."""
        if not self or not other:
            return {"rows": [], "columns": []}
        members = self.env["crm.segment.membership"]
        mine, theirs = (members._search([("method_id", "=", one.id)]) for one in (self, other))
        found = self.env.execute_query(
            SQL(
                """
                SELECT mine.segment_id, theirs.segment_id, COUNT(*), SUM(mine.amount)
                  FROM %s AS mine
                  JOIN %s AS theirs USING (partner_id)
              GROUP BY 1, 2
                """,
                mine.subselect("partner_id", "segment_id", "amount"),
                theirs.subselect("partner_id", "segment_id"),
            )
        )
        cells = {(row, column): (count, float(amount or 0)) for row, column, count, amount in found}
        return {
            "columns": [self._tell_class(column) for column in other.segment_ids],
            "rows": [
                {
                    **self._tell_class(row),
                    "cells": [
                        self._tell_cell(row, column, *cells.get((row.id, column.id), (0, 0.0)))
                        for column in other.segment_ids
                    ],
                }
                for row in self.segment_ids
            ],
        }

    def _tell_cell(self, row, column, count, amount):
        """Return one cell of the matrix, with the condition on its customers."""
        in_column = ("partner_id.segment_membership_ids", "any", [("segment_id", "=", column.id)])
        return {
            "id": column.id,
            "name": f"{row.name} / {column.name}",
            "count": count,
            "amount": amount,
            "domain": [("segment_id", "=", row.id), in_column],
        }
