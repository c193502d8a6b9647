"""Who is in which class, as SQL: ``logic/`` says what it means, tests compare the two.

Each function returns a SELECT with customer, code of the class and the figures of ``FIGURES``. It
reads ``cell``: sums of a customer by bucket (parts of the time), see ``crm_segment_method_engine``.
All is exact: borders are compared as products of numerics, never as rounded quotients.
"""

from __future__ import annotations

from odoo.models import BaseModel
from odoo.tools import SQL

NUMERIC, INTEGER = SQL("numeric"), SQL("int4")
#: Columns of a membership that the statement computes, with their types.
FIGURES = {
    "amount": NUMERIC,
    "prior_amount": NUMERIC,
    "share_percent": NUMERIC,
    "running_percent": NUMERIC,
    "variation_percent": NUMERIC,
    "growth_percent": NUMERIC,
    "score": INTEGER,
    "rank": INTEGER,
}


def columns(table: str | None = None, prefix: str = "") -> SQL:
    """Return all figures, of a table, or under names with a prefix."""
    names = [prefix + name for name in FIGURES]
    return SQL(", ").join(
        SQL.identifier(table, name) if table else SQL.identifier(name) for name in names
    )


def renamed(table: str, prefix: str) -> SQL:
    """Return all figures of a table under names with a prefix."""
    return SQL(", ").join(
        SQL("%s AS %s", SQL.identifier(table, name), SQL.identifier(prefix + name))
        for name in FIGURES
    )


def assigned(table: str, prefix: str) -> SQL:
    """Return the assignments of all figures from a table's names with a prefix."""
    return SQL(", ").join(
        SQL("%s = %s", SQL.identifier(name), SQL.identifier(table, prefix + name))
        for name in FIGURES
    )


def verdict(source: SQL, code: SQL, **figures: SQL) -> SQL:
    """Return the SELECT of all figures; those a kind does not know are empty."""
    values = [
        SQL("(%s)::%s AS %s", figures.get(name, SQL("NULL")), kind, SQL.identifier(name))
        for name, kind in FIGURES.items()
    ]
    return SQL("SELECT partner_id, %s AS code, %s FROM %s", code, SQL(", ").join(values), source)


def abc(method: BaseModel) -> SQL:
    """Return classes by running share; the row itself and its equals are not before it.

    One order for all windows: the customers are sorted once.
    """
    ranked = SQL(
        """
        (SELECT partner_id, amount,
                RANK() OVER (ORDER BY amount DESC) AS rank,
                SUM(amount) OVER (ORDER BY amount DESC) AS running,
                COALESCE(SUM(amount) OVER (ORDER BY amount DESC GROUPS
                                           BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                AS larger,
                SUM(GREATEST(amount, 0)) OVER () AS total
           FROM cell) AS ranked
        """
    )
    code = SQL(
        """
        CASE WHEN amount <= 0 THEN 'O'
             WHEN larger * 100 < %s::numeric * total THEN 'A'
             WHEN larger * 100 < %s::numeric * total THEN 'B'
             ELSE 'C' END
        """,
        method.a_percent,
        method.b_percent,
    )
    return verdict(
        ranked,
        code,
        amount=SQL("amount"),
        share_percent=percent(SQL("amount"), SQL("total")),
        running_percent=percent(SQL("running"), SQL("total")),
        rank=SQL("rank"),
    )


def xyz(method: BaseModel, count: int, seasons: int) -> SQL:
    """Return classes by variation, over the buckets 1 to ``count``; 0 is before them."""
    customers = SQL(
        """
        (SELECT partner_id,
                SUM(amount) FILTER (WHERE bucket > 0) AS amount,
                SUM(amount * amount) FILTER (WHERE bucket > 0) AS squares,
                %s + 1 - GREATEST(MIN(bucket), 1) AS periods
           FROM cell
       GROUP BY partner_id
         HAVING MAX(bucket) > 0)
        """,
        count,
    )
    plain = SQL("periods * squares - amount * amount")
    if not method.is_seasonal:
        judged = SQL("(SELECT *, %s AS spread FROM %s AS customer) AS judged", plain, customers)
    else:
        judged = SQL(
            """
            (SELECT customer.*,
                    CASE WHEN periods < 2 * %(seasons)s THEN %(plain)s
                         ELSE periods * GREATEST(squares - season.means, 0) END AS spread
               FROM %(customers)s AS customer
               JOIN %(means)s AS season USING (partner_id)) AS judged
            """,
            seasons=seasons,
            plain=plain,
            customers=customers,
            means=season_means(count, seasons),
        )
    code = SQL(
        """
        CASE WHEN amount <= 0 THEN 'O'
             WHEN periods < %s THEN 'N'
             WHEN spread * 10000 <= %s::numeric ^ 2 * amount * amount THEN 'X'
             WHEN spread * 10000 <= %s::numeric ^ 2 * amount * amount THEN 'Y'
             ELSE 'Z' END
        """,
        method.least_periods,
        method.x_percent,
        method.y_percent,
    )
    variation = SQL(
        "CASE WHEN amount > 0 AND periods >= %s THEN ROUND(SQRT(spread) * 100 / amount, 2) END",
        method.least_periods,
    )
    return verdict(judged, code, amount=SQL("amount"), variation_percent=variation)


def season_means(count: int, seasons: int) -> SQL:
    """Return, by customer, the squared sums of seasons, each divided by how often it came."""
    return SQL(
        """
        (SELECT partner_id, SUM(amount * amount / times) AS means
           FROM (SELECT partner_id, SUM(amount) AS amount,
                        (%(count)s - season + %(seasons)s) / %(seasons)s
                        - (MIN(first) - 1 - season + %(seasons)s) / %(seasons)s AS times
                   FROM (SELECT partner_id, amount, bucket, bucket %% %(seasons)s AS season,
                                GREATEST(MIN(bucket) OVER (PARTITION BY partner_id), 1) AS first
                           FROM cell) AS placed
                  WHERE bucket > 0
               GROUP BY partner_id, season) AS season
       GROUP BY partner_id)
        """,
        count=count,
        seasons=seasons,
    )


def bcg(method: BaseModel) -> SQL:
    """Return classes by share and growth; bucket 1 is the window, 0 as much before it."""
    customers = SQL(
        """
        (SELECT partner_id, amount, prior, SUM(GREATEST(amount, 0)) OVER () AS total
           FROM (SELECT partner_id,
                        COALESCE(SUM(amount) FILTER (WHERE bucket = 1), 0) AS amount,
                        COALESCE(SUM(amount) FILTER (WHERE bucket = 0), 0) AS prior
                   FROM cell
               GROUP BY partner_id) AS summed) AS customer
        """
    )
    is_large = SQL("amount * 100 >= %s::numeric * total", method.share_percent)
    is_growing = SQL(
        "prior <= 0 OR amount * 100 >= prior * (100 + %s::numeric)", method.growth_percent
    )
    code = SQL(
        """
        CASE WHEN amount <= 0 THEN 'O'
             WHEN %(is_large)s THEN CASE WHEN %(is_growing)s THEN 'star' ELSE 'cow' END
             WHEN %(is_growing)s THEN 'question'
             ELSE 'dog' END
        """,
        is_large=is_large,
        is_growing=is_growing,
    )
    growth = SQL("CASE WHEN prior > 0 THEN ROUND((amount - prior) * 100 / prior, 2) END")
    return verdict(
        customers,
        code,
        amount=SQL("amount"),
        prior_amount=SQL("prior"),
        share_percent=percent(SQL("amount"), SQL("total")),
        growth_percent=growth,
    )


def rfm(day: SQL) -> SQL:
    """Return classes by three fifths; equal values share the one of their middle.

    :param day: the day of the column ``latest``
    """
    ranked = SQL(
        """
        (SELECT partner_id, amount, %(recency)s AS recency, %(frequency)s AS frequency,
                %(money)s AS money
           FROM (SELECT partner_id, amount, deals, %(day)s AS latest, amount > 0 AS is_buyer
                   FROM cell) AS customer) AS ranked
        """,
        recency=fifth(SQL("latest")),
        frequency=fifth(SQL("deals")),
        money=fifth(SQL("amount")),
        day=day,
    )
    code = SQL(
        """
        CASE WHEN amount <= 0 THEN 'O'
             WHEN recency <= 2 AND frequency + money >= 6 THEN 'risk'
             WHEN recency <= 2 THEN 'lost'
             WHEN frequency + money < 6 AND recency >= 4 THEN 'promising'
             WHEN frequency + money < 6 THEN 'attention'
             WHEN recency >= 4 AND frequency + money >= 8 THEN 'champion'
             ELSE 'loyal' END
        """
    )
    score = SQL("CASE WHEN amount > 0 THEN recency * 100 + frequency * 10 + money END")
    return verdict(ranked, code, amount=SQL("amount"), score=score)


def fifth(value: SQL) -> SQL:
    """Return the fifth of a value among the buyers."""
    return SQL(
        """
        1 + 5 * (2 * (RANK() OVER (PARTITION BY is_buyer ORDER BY %(value)s) - 1)
                 + COUNT(*) OVER (PARTITION BY is_buyer, %(value)s))
          / (2 * COUNT(*) OVER (PARTITION BY is_buyer))
        """,
        value=value,
    )


def percent(part: SQL, total: SQL) -> SQL:
    """Return a share in percent; nothing without a whole."""
    return SQL("ROUND(%s * 100 / NULLIF(%s, 0), 4)", part, total)
