"""ABC, XYZ and BCG of many customers by ten documents of each, against bare window functions.

``CUSTOMERS`` (environment, default 20,000; 200,000 with 2,000,000 documents for the record), once
by won deals and once by invoices. Run inside Odoo's shell on a database with crm_segments_account.
Prints one JSON object: seconds of the first run, which stores a row for each customer and method,
of the second, which has nothing to write, and of the same classes by SQL written by hand that
stores nothing, in the same run; of the last two the best of three.
"""

import json
import os
import time
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from odoo.tools import SQL

CUSTOMERS = int(os.environ.get("CUSTOMERS", "20000"))
DOCUMENTS = 10 * CUSTOMERS
#: The nightly run may cost at most so many times the bare statements.
MOST_RATIO = 1.5
#: Statements of a run of one method, however many customers there are.
MOST_STATEMENTS = 12

NOW = datetime(2026, 4, 10, 12)


@dataclass(frozen=True)
class Ground:
    """Documents in a table: which count, when, for whom and how much."""

    source: str
    table: SQL
    where: SQL
    date: SQL
    customer: SQL
    amount: SQL

    def summed(self, figures, first="2000-01-01", by_month=False):
        """Return sums by customer, from a day to the end of March 2026."""
        return SQL(
            """
            (SELECT %(customer)s AS customer, %(figures)s
               FROM %(table)s
              WHERE %(where)s AND %(date)s >= %(first)s AND %(date)s < '2026-04-01'
           GROUP BY 1%(step)s)
            """,
            customer=self.customer,
            figures=figures,
            table=self.table,
            where=self.where,
            date=self.date,
            first=first,
            step=SQL(", date_trunc('month', %s)", self.date) if by_month else SQL(),
        )

    def sum(self, name="amount", since=None):
        """Return the sum of amounts, of those since a day or of those before it."""
        if since is None:
            return SQL("SUM(%s) AS %s", self.amount, SQL.identifier(name))
        return SQL(
            "SUM(%s) FILTER (WHERE %s %s '2025-04-01') AS %s",
            self.amount,
            self.date,
            SQL(">=") if since else SQL("<"),
            SQL.identifier(name),
        )


def grounds(company):
    """Return both kinds of documents."""
    return [
        Ground(
            source="won",
            # whose a deal is, is not in its own table
            table=SQL("crm_lead AS lead JOIN res_partner AS partner ON partner.id = partner_id"),
            where=SQL("won_status = 'won' AND lead.company_id = %s", company.id),
            date=SQL("date_closed"),
            customer=SQL("partner.commercial_partner_id"),
            amount=SQL("expected_revenue"),
        ),
        Ground(
            source="invoice",
            table=SQL("account_move"),
            where=SQL(
                "move_type IN ('out_invoice', 'out_refund') AND state = 'posted'"
                " AND company_id = %s",
                company.id,
            ),
            date=SQL("invoice_date"),
            customer=SQL("commercial_partner_id"),
            amount=SQL("amount_untaxed_signed"),
        ),
    ]


def bare(ground, kind):
    """Return a statement by hand that counts the customers of each class."""
    if kind == "abc":
        return SQL(
            """
            SELECT code, COUNT(*)
              FROM (SELECT CASE WHEN (running - amount) * 100 < 80 * total THEN 'A'
                                WHEN (running - amount) * 100 < 95 * total THEN 'B'
                                ELSE 'C' END AS code
                      FROM (SELECT SUM(amount) OVER (ORDER BY amount DESC) AS running,
                                   SUM(amount) OVER () AS total, amount
                              FROM %s AS summed) AS ranked) AS coded
          GROUP BY code
            """,
            ground.summed(ground.sum(), "2025-04-01"),
        )
    if kind == "xyz":
        return SQL(
            """
            SELECT variation <= 0.25, variation <= 0.5, COUNT(*)
              FROM (SELECT stddev_pop(COALESCE(amount, 0)) / NULLIF(AVG(COALESCE(amount, 0)), 0)
                           AS variation
                      FROM %s AS summed
                  GROUP BY customer) AS judged
          GROUP BY 1, 2
            """,
            ground.summed(ground.sum(), by_month=True),
        )
    figures = SQL("%s, %s", ground.sum("amount", since=True), ground.sum("prior", since=False))
    return SQL(
        """
        SELECT amount * 20 >= total, amount >= prior * 1.1, COUNT(*)
          FROM (SELECT amount, prior, SUM(amount) OVER () AS total FROM %s AS summed) AS ranked
      GROUP BY 1, 2
        """,
        ground.summed(figures, "2024-04-01"),
    )


def fill_customers(env):
    """Make customers; return the id of the first."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO res_partner (name, complete_name, active, is_company, partner_share, type,
                                     lang, autopost_bills)
            SELECT 'Customer ' || n, 'Customer ' || n, TRUE, TRUE, TRUE, 'contact', 'en_US', 'ask'
              FROM generate_series(1, %s) AS n
         RETURNING id
            """,
            CUSTOMERS,
        )
    )
    first = env.cr.fetchone()[0]
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE id >= %s", (first,))
    env.cr.execute("ANALYZE res_partner")
    return first


def fill_documents(env, company, table, columns, values, first):
    """Make documents over two years, few large ones and many small."""
    # filling would mostly be the keeping of indexes that nothing here reads
    env.cr.execute(
        "SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexname <> %s",
        (table, f"{table}_pkey"),
    )
    for (name,) in env.cr.fetchall():
        env.cr.execute(SQL("DROP INDEX IF EXISTS %s CASCADE", SQL.identifier(name)))
    env.cr.execute(
        SQL(
            """
            INSERT INTO %(table)s (company_id, partner_id, %(columns)s)
            SELECT %(company)s, customer, %(values)s
              FROM (SELECT n, %(first)s + (n::bigint * 7919) %% %(customers)s AS customer,
                           ROUND(1000000.0 / (1 + (n::bigint * 104729) %% 5000), 2) AS amount,
                           '2024-04-01'::timestamp + (n %% 730) * interval '1 day' AS day
                      FROM generate_series(1, %(documents)s) AS n) AS drawn
            """,
            table=SQL.identifier(table),
            columns=columns,
            values=values,
            company=company.id,
            first=first,
            customers=CUSTOMERS,
            documents=DOCUMENTS,
        )
    )
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def fill(env, company):
    """Make customers, their deals, and as many invoices."""
    first = fill_customers(env)
    fill_documents(
        env,
        company,
        "crm_lead",
        SQL("name, type, active, won_status, expected_revenue, date_closed"),
        SQL("'Deal', 'opportunity', TRUE, 'won', amount, day"),
        first,
    )
    journal = env["account.journal"].create(
        {"name": "Sales", "code": "SALES", "type": "sale", "company_id": company.id}
    )
    fill_documents(
        env,
        company,
        "account_move",
        SQL(
            "name, move_type, state, auto_post, journal_id, currency_id, date, invoice_date,"
            " commercial_partner_id, amount_untaxed_signed"
        ),
        SQL(
            "'INV/' || n, 'out_invoice', 'posted', 'no', %s, %s, day::date, day::date, customer,"
            " amount",
            journal.id,
            company.currency_id.id,
        ),
        first,
    )


def timed(env, deed):
    """Return the result of a deed, its statements and its seconds."""
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.perf_counter()
    result = deed()
    return result, env.cr.sql_log_count - before, time.perf_counter() - start


def measure_method(env, ground, method):
    """Return statements, and seconds of the first run, the second and the one by hand."""
    _none, statements, first = timed(env, method._refresh)
    env.cr.execute("ANALYZE crm_segment_membership")
    by_hand, again = [], []
    for _time in range(3):
        by_hand.append(timed(env, partial(env.execute_query, bare(ground, method.kind)))[2])
        stored, _few, seconds = timed(env, method._store)
        assert stored == (0, []), (method.kind, stored)
        again.append(seconds)
    assert statements <= MOST_STATEMENTS, (method.kind, statements)
    return statements, first, min(again), min(by_hand)


def measure(env):
    """Return the figures."""
    env.cr._now = NOW
    company = env["res.company"].create({"name": "Large Ltd"})
    fill(env, company)
    result = {"customers": CUSTOMERS, "documents_of_each_kind": DOCUMENTS}
    for ground in grounds(company):
        total_again = total_bare = 0
        for kind in ("abc", "xyz", "bcg"):
            method = env["crm.segment.method"].create(
                {
                    "name": kind,
                    "kind": kind,
                    "source": ground.source,
                    "company_id": company.id,
                    "share_percent": 5,
                }
            )
            statements, first, again, by_hand = measure_method(env, ground, method)
            total_again, total_bare = total_again + again, total_bare + by_hand
            result |= {
                f"{ground.source}_{kind}_statements": statements,
                f"{ground.source}_{kind}_first_seconds": round(first, 2),
                f"{ground.source}_{kind}_again_seconds": round(again, 2),
                f"{ground.source}_{kind}_bare_seconds": round(by_hand, 2),
            }
        result[f"{ground.source}_ratio"] = round(total_again / total_bare, 2)
    return result


figures = measure(env)
print(json.dumps(figures))
env.cr.rollback()
for source in ("won", "invoice"):
    assert figures[f"{source}_ratio"] <= MOST_RATIO, source
