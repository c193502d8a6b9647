"""ABC, XYZ and BCG of 200,000 customers by 2,000,000 won deals, against bare window functions.

Run inside Odoo's shell on a database with crm_segments. Prints one JSON object: seconds of the
first run, which stores 600,000 rows, of the second, which has nothing to write, and of the same
classes by SQL written by hand that stores nothing, in the same run.
"""

import json
import time
from datetime import datetime
from functools import partial

from odoo.tools import SQL

CUSTOMERS = 200_000
DEALS = 2_000_000
#: The nightly run may cost at most so many times the bare statements.
MOST_RATIO = 1.5
#: Statements of a run of one method, however many customers there are.
MOST_STATEMENTS = 12

NOW = datetime(2026, 4, 10, 12)
BARE = {
    "abc": """
        SELECT code, COUNT(*)
          FROM (SELECT CASE WHEN (running - amount) * 100 < 80 * total THEN 'A'
                            WHEN (running - amount) * 100 < 95 * total THEN 'B'
                            ELSE 'C' END AS code
                  FROM (SELECT SUM(amount) OVER (ORDER BY amount DESC) AS running,
                               SUM(amount) OVER () AS total, amount
                          FROM (SELECT partner.commercial_partner_id,
                               SUM(expected_revenue) AS amount
                                  FROM crm_lead AS lead
                                  JOIN res_partner AS partner ON partner.id = lead.partner_id
                                 WHERE won_status = 'won' AND lead.company_id = %(company)s
                                   AND date_closed >= '2025-04-01' AND date_closed < '2026-04-01'
                              GROUP BY 1) AS summed) AS ranked) AS coded
      GROUP BY code
    """,
    "xyz": """
        SELECT variation <= 0.25, variation <= 0.5, COUNT(*)
          FROM (SELECT stddev_pop(COALESCE(amount, 0)) / NULLIF(AVG(COALESCE(amount, 0)), 0)
                       AS variation
                  FROM (SELECT partner.commercial_partner_id AS customer,
                               date_trunc('month', date_closed) AS month,
                               SUM(expected_revenue) AS amount
                          FROM crm_lead AS lead
                          JOIN res_partner AS partner ON partner.id = lead.partner_id
                         WHERE won_status = 'won' AND lead.company_id = %(company)s
                           AND date_closed < '2026-04-01'
                      GROUP BY 1, 2) AS summed
              GROUP BY customer) AS judged
      GROUP BY 1, 2
    """,
    "bcg": """
        SELECT amount * 20 >= total, amount >= prior * 1.1, COUNT(*)
          FROM (SELECT amount, prior, SUM(amount) OVER () AS total
                  FROM (SELECT partner.commercial_partner_id,
                               SUM(expected_revenue) FILTER (WHERE date_closed >= '2025-04-01')
                               AS amount,
                               SUM(expected_revenue) FILTER (WHERE date_closed < '2025-04-01')
                               AS prior
                          FROM crm_lead AS lead
                          JOIN res_partner AS partner ON partner.id = lead.partner_id
                         WHERE won_status = 'won' AND lead.company_id = %(company)s
                           AND date_closed >= '2024-04-01' AND date_closed < '2026-04-01'
                      GROUP BY 1) AS summed) AS ranked
      GROUP BY 1, 2
    """,
}


def fill(env, company):
    """Make customers and their deals over two years, few large ones and many small."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO res_partner (name, complete_name, active, is_company, partner_share, type,
                                     lang)
            SELECT 'Customer ' || n, 'Customer ' || n, TRUE, TRUE, TRUE, 'contact', 'en_US'
              FROM generate_series(1, %s) AS n
         RETURNING id
            """,
            CUSTOMERS,
        )
    )
    first = env.cr.fetchone()[0]
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE id >= %s", (first,))
    # filling would mostly be the keeping of indexes that nothing here reads
    env.cr.execute(
        "SELECT indexname FROM pg_indexes"
        " WHERE tablename = 'crm_lead' AND indexname <> 'crm_lead_pkey'"
    )
    for (name,) in env.cr.fetchall():
        env.cr.execute(SQL("DROP INDEX IF EXISTS %s CASCADE", SQL.identifier(name)))
    env.cr.execute(
        SQL(
            """
            INSERT INTO crm_lead (name, type, active, partner_id, company_id, won_status,
                                  expected_revenue, date_closed)
            SELECT 'Deal', 'opportunity', TRUE, %(first)s + (n::bigint * 7919) %% %(customers)s,
                   %(company)s, 'won', ROUND(1000000.0 / (1 + (n::bigint * 104729) %% 5000), 2),
                   '2024-04-01'::timestamp + (n %% 730) * interval '1 day'
              FROM generate_series(1, %(deals)s) AS n
            """,
            first=first,
            customers=CUSTOMERS,
            company=company.id,
            deals=DEALS,
        )
    )
    env.cr.execute("ANALYZE res_partner")
    env.cr.execute("ANALYZE crm_lead")


def timed(env, deed):
    """Return the result of a deed, its statements and its seconds."""
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.perf_counter()
    result = deed()
    return result, env.cr.sql_log_count - before, time.perf_counter() - start


def run_bare(env, kind, company):
    """Ask for the classes of a kind by hand."""
    env.cr.execute(BARE[kind], {"company": company.id})
    return env.cr.fetchall()


def measure(env):
    """Return the figures; raise where a limit is missed."""
    env.cr._now = NOW
    company = env["res.company"].create({"name": "Large Ltd"})
    fill(env, company)
    methods = env["crm.segment.method"].create(
        [
            {"name": kind, "kind": kind, "company_id": company.id, "share_percent": 5}
            for kind in BARE
        ]
    )
    result = {"customers": CUSTOMERS, "deals": DEALS}
    bare_total = again_total = 0
    for method in methods:
        kind = method.kind
        env.flush_all()
        _none, statements, first = timed(env, method._refresh)
        env.cr.execute("ANALYZE crm_segment_membership")
        bare = again = None
        for _time in range(3):
            _rows, _one, seconds = timed(env, partial(run_bare, env, kind, company))
            bare = min(seconds, bare or seconds)
            (written, moved), _few, seconds = timed(env, method._store)
            again = min(seconds, again or seconds)
            assert (written, moved) == (0, []), (kind, written)
        bare_total, again_total = bare_total + bare, again_total + again
        result |= {
            f"{kind}_statements": statements,
            f"{kind}_first_seconds": round(first, 2),
            f"{kind}_again_seconds": round(again, 2),
            f"{kind}_bare_seconds": round(bare, 2),
        }
        assert statements <= MOST_STATEMENTS, result
    result["ratio"] = round(again_total / bare_total, 2)
    assert result["ratio"] <= MOST_RATIO, result
    return result


print(json.dumps(measure(env)))
env.cr.rollback()
