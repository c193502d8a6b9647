from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import results as logic

#: Dimensions whose tables the page shows, besides the segments.
TABLES = ("user", "team", "product", "category", "document", "trigger", "channel", "mode")
#: What segments are drawn from.
SEGMENT = ("partner", "company")


class CrmSurveyResult(models.AbstractModel):
    """The figures: over all, by month, and by each dimension, counted in one statement."""

    _inherit = "crm.survey.result"

    @api.model
    def _count(self, asked, metric, is_before=False):
        """Return answers counted as (all, good, bad), by dimension and value.

        Besides the dimensions: ``total`` under nothing, ``tag``, and unless it is for comparison
        only ``month`` by its first day and what ``_get_pairs`` names, by pair of values.
        """
        names = self._get_dimensions()
        more = [] if is_before else ["month", *self._get_pairs()]
        tables = [name for name in TABLES if name in names]
        return self._count_by(asked, metric, [*tables, *more, SEGMENT])

    @api.model
    def _get_pairs(self):
        """Hook: return the pairs of dimensions that are counted with the tables."""
        return []

    @api.model
    def _count_by(self, asked, metric, sets):
        """Count by each dimension, or tuple of dimensions, in one pass over the facts.

        Segments are drawn from the sums of each customer: there are fewer customers than answers.
        """
        tuples = [one if isinstance(one, tuple) else (one,) for one in sets]
        names = list(dict.fromkeys(name for one in tuples for name in one))
        # GROUPING has a bit for each column, the first one highest; it is 0 for those at hand
        bits = {name: 2 ** (len(names) - 1 - number) for number, name in enumerate(names)}
        whole = sum(bits.values())
        masks = {
            whole - sum(bits[name] for name in one): key
            for key, one in zip(sets, tuples, strict=True)
        }
        segment = next((mask for mask, key in masks.items() if key == SEGMENT), None)
        rows = self.env.execute_query(
            SQL(
                """
                WITH counted AS MATERIALIZED (
                    SELECT GROUPING(%(groups)s) AS mask, %(groups)s, %(counts)s
                      FROM (%(facts)s) AS fact
                     WHERE points IS NOT NULL
                  GROUP BY GROUPING SETS ((), %(sets)s))
                SELECT mask, NULL AS tag_id, %(groups)s, answers, good, bad
                  FROM counted
                 WHERE mask IS DISTINCT FROM %(segment)s
                %(segments)s
                """,
                groups=self._list(names),
                counts=self._get_counts(),
                facts=self._get_fact_query(asked, **self._get_columns(metric, names)),
                sets=SQL(", ").join(SQL("(%s)", self._list(one)) for one in tuples),
                segment=segment,
                segments=SQL() if segment is None else self._get_segment_query(names, segment),
            )
        )
        found: dict = {key: {} for key in (*sets, "total")}
        found["tag"] = found.pop(SEGMENT, {})
        for mask, tag_id, *rest in rows:
            values = dict(zip(names, rest, strict=False))
            counts = tuple(rest[len(names) :])
            if mask == whole:
                found["total"][None] = counts
            elif mask == segment:
                found["tag"][tag_id] = counts
            else:
                key = masks[mask]
                at = tuple(values[name] for name in key) if isinstance(key, tuple) else values[key]
                found[key][at] = counts
        return found

    @api.model
    def _list(self, names):
        return SQL(", ").join(map(SQL.identifier, names))

    @api.model
    def _get_segment_query(self, names, mask):
        """Return what counts under each tag of the customer or of his company, once."""
        return SQL(
            """
         UNION ALL
            SELECT %(mask)s, tag.id, %(nothing)s, SUM(answers)::bigint, SUM(good)::bigint,
                   SUM(bad)::bigint
              FROM counted
              JOIN LATERAL (SELECT DISTINCT category_id AS id
                              FROM res_partner_res_partner_category_rel
                             WHERE partner_id IN (counted.partner, counted.company)
                   ) AS tag ON TRUE
             WHERE mask = %(mask)s
          GROUP BY tag.id
            """,
            mask=mask,
            nothing=SQL(", ").join([SQL("NULL")] * len(names)),
        )

    @api.model
    def _get_counts(self):
        """Return the SQL of the three counts over a column ``points``."""
        return SQL(
            "COUNT(points) AS answers, COUNT(*) FILTER (WHERE points > 0) AS good, "
            "COUNT(*) FILTER (WHERE points < 0) AS bad"
        )

    @api.model
    def _get_columns(self, metric, names):
        """Return the columns of a query of facts that is counted by dimensions."""
        fields_ = {name: one.field for name, one in self._get_dimensions().items()}
        fields_ |= {"partner": "partner_id", "company": "commercial_partner_id"}
        columns = {
            name: self._get_month if name == "month" else self._column(fields_[name])
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
    def _get_estimate(self, metric, counts, minimum):
        count, good, bad = counts or (0, 0, 0)
        return logic.estimate(metric, good, bad, count, minimum)

    @api.model
    def _get_figure(self, metric, counts, minimum):
        """Return a figure with its bounds and count; only the count where answers are too few."""
        return self._show(self._get_estimate(metric, counts, minimum), counts)

    @api.model
    def _show(self, found, counts):
        if not found:
            return {"value": None, "low": None, "high": None, "count": (counts or (0,))[0]}
        return {
            "value": round(found.value, 1),
            "low": round(found.low, 1),
            "high": round(found.high, 1),
            "count": found.count,
        }

    @api.model
    def _get_both(self, metric, counts, earlier, minimum):
        """Return a figure beside that of the period it is compared with."""
        now = self._get_estimate(metric, counts, minimum)
        before = self._get_estimate(metric, earlier, minimum)
        return {
            **self._show(now, counts),
            "before": self._show(before, earlier),
            "change": logic.compare(before, now),
        }

    @api.model
    def _get_total(self, metric, now, before):
        total = now["total"].get(None)
        earlier = before.get("total", {}).get(None)
        figure = self._get_both(metric, total, earlier, self._get_minimum())
        if figure["value"] is None:
            # its parts would tell it
            return {**figure, "good": None, "middle": None, "bad": None}
        count, good, bad = total
        return {
            **figure,
            "good": good,
            "middle": count - good - bad if metric == "nps" else 0,
            "bad": bad if metric == "nps" else count - good,
        }

    @api.model
    def _get_trend(self, metric, now):
        minimum = self._get_minimum()
        return [
            {"month": fields.Date.to_string(month), **self._get_figure(metric, counts, minimum)}
            for month, counts in sorted(now["month"].items())
        ]

    @api.model
    def _get_tables(self, metric, now, before):
        """Return a table for each dimension: its values, most answers first."""
        minimum = self._get_minimum()
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
                    **self._get_both(metric, counts, earlier.get(key), minimum),
                }
                for key, counts in counted.items()
            ]
            rows.sort(key=lambda row: (-row["count"], row["name"]))
            tables.append({"name": name, "title": self._get_title(name), "rows": rows})
        return tables
