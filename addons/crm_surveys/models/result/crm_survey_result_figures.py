from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import results as logic

#: Dimensions whose tables the page shows, besides the segments.
TABLES = ("user", "team", "product", "category", "document", "channel", "mode")


class CrmSurveyResult(models.AbstractModel):
    """The figures: over all, by month, and by each dimension, counted in one statement."""

    _inherit = "crm.survey.result"

    @api.model
    def _count(self, asked, metric):
        """Return answers counted as (all, good, bad), by dimension and value.

        Besides the dimensions: ``total`` under nothing, ``month`` by its first day, ``tag``.
        """
        names = self._get_dimensions()
        found = self._count_by(asked, metric, [name for name in TABLES if name in names])
        found["tag"] = self._count_by_tag(asked, metric)
        return found

    @api.model
    def _count_by(self, asked, metric, names, has_months=True):
        """Count by each of the dimensions in one pass over the facts."""
        names = [*(["month"] if has_months else []), *names]
        groups = [SQL.identifier(name) for name in names]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT GROUPING(%(groups)s), %(groups)s, %(counts)s
                  FROM (%(facts)s) AS fact
                 WHERE points IS NOT NULL
              GROUP BY GROUPING SETS ((), %(sets)s)
                """,
                groups=SQL(", ").join(groups),
                counts=self._get_counts(),
                facts=self._get_fact_query(asked, **self._get_columns(metric, names)),
                sets=SQL(", ").join(SQL("(%s)", group) for group in groups),
            )
        )
        found = {name: {} for name in (*names, "total")}
        width = len(names)
        # GROUPING has a bit for each column, the first one highest; it is 0 for the one at hand
        whole = 2**width - 1
        place = {whole - 2 ** (width - 1 - number): number for number in range(width)}
        for mask, *rest in rows:
            keys, counts = rest[:width], tuple(rest[width:])
            if mask == whole:
                found["total"][None] = counts
            else:
                found[names[place[mask]]][keys[place[mask]]] = counts
        return found

    @api.model
    def _get_counts(self):
        """Return the SQL of the three counts over a column ``points``."""
        return SQL(
            "COUNT(points), COUNT(*) FILTER (WHERE points > 0), COUNT(*) FILTER (WHERE points < 0)"
        )

    @api.model
    def _get_columns(self, metric, names):
        """Return the columns of a query of facts that is counted by dimensions."""
        dimensions = self._get_dimensions()
        columns = {
            name: self._get_month if name == "month" else self._column(dimensions[name].field)
            for name in names
        }
        return {**columns, "points": self._column(f"{metric}_points")}

    @api.model
    def _get_month(self, table):
        """Return the first day of the month of an answer, in the viewer's time."""
        return SQL(
            "date_trunc('month', %s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            SQL.identifier(table, "date"),
            self.env.tz.zone,
        )

    @api.model
    def _count_by_tag(self, asked, metric):
        """Count by segment: under each tag of the customer or of his company, once.

        Answers are counted by customer first: there are fewer customers than answers.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tag_id, SUM(answers)::int, SUM(good)::int, SUM(bad)::int
                  FROM (SELECT partner, company, %(counts)s
                          FROM (%(facts)s) AS fact
                         WHERE points IS NOT NULL
                      GROUP BY partner, company) AS customer(partner, company, answers, good, bad)
                  JOIN LATERAL (SELECT DISTINCT category_id AS tag_id
                                  FROM res_partner_res_partner_category_rel
                                 WHERE partner_id IN (customer.partner, customer.company)
                       ) AS tag ON TRUE
              GROUP BY tag_id
                """,
                counts=self._get_counts(),
                facts=self._get_fact_query(
                    asked,
                    points=self._column(f"{metric}_points"),
                    partner=self._column("partner_id"),
                    company=self._column("commercial_partner_id"),
                ),
            )
        )
        return {tag_id: tuple(counts) for tag_id, *counts in rows}

    @api.model
    def _get_estimate(self, metric, counts):
        count, good, bad = counts or (0, 0, 0)
        return logic.estimate(metric, good, bad, count, self._get_minimum())

    @api.model
    def _get_figure(self, metric, counts):
        """Return a figure with its bounds and count; only the count where answers are too few."""
        found = self._get_estimate(metric, counts)
        if not found:
            return {"value": None, "low": None, "high": None, "count": (counts or (0,))[0]}
        return {
            "value": round(found.value, 1),
            "low": round(found.low, 1),
            "high": round(found.high, 1),
            "count": found.count,
        }

    @api.model
    def _get_both(self, metric, counts, earlier):
        """Return a figure beside that of the period it is compared with."""
        return {
            **self._get_figure(metric, counts),
            "before": self._get_figure(metric, earlier),
            "change": logic.compare(
                self._get_estimate(metric, earlier), self._get_estimate(metric, counts)
            ),
        }

    @api.model
    def _get_total(self, metric, now, before):
        total = now["total"].get(None)
        earlier = before.get("total", {}).get(None)
        count, good, bad = total or (0, 0, 0)
        return {
            **self._get_both(metric, total, earlier),
            "good": good,
            "middle": count - good - bad if metric == "nps" else 0,
            "bad": bad if metric == "nps" else count - good,
        }

    @api.model
    def _get_trend(self, metric, now):
        return [
            {"month": fields.Date.to_string(month), **self._get_figure(metric, counts)}
            for month, counts in sorted(now["month"].items())
        ]

    @api.model
    def _get_tables(self, metric, now, before):
        """Return a table for each dimension: its values, most answers first."""
        tables = []
        for name in (*TABLES, "tag"):
            counted = {key: counts for key, counts in now.get(name, {}).items() if key}
            if not counted:
                continue
            labels = self._get_names(name, counted)
            earlier = before.get(name, {})
            rows = [
                {
                    "id": key,
                    "name": labels[key],
                    **self._get_both(metric, counts, earlier.get(key)),
                }
                for key, counts in counted.items()
            ]
            rows.sort(key=lambda row: (-row["count"], row["name"]))
            tables.append({"name": name, "title": self._get_title(name), "rows": rows})
        return tables
