"""Find the customers without contact among 100,000, and register them: set-based, or not at all.

Run inside Odoo's shell on a database with crm_standards. Prints one JSON object: statements and
seconds of the search and of the nightly job, against the floor of one bare aggregate over the same
contacts in the same run.
"""

import json
import time

from odoo.tools import SQL

CUSTOMERS = 100_000
CONTACTS = 400_000
#: The search may cost at most so many times the bare aggregate.
MOST_RATIO = 4.0
#: Statements of the search and of the job for one norm, however many customers there are.
MOST_STATEMENTS = 12


def fill(env):
    """Make customers, four contacts for each of four in five, and a norm that is old enough."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO res_partner (name, complete_name, active, is_company, partner_share, type,
                                     create_date, lang)
            SELECT 'Customer ' || n, 'Customer ' || n, TRUE, TRUE, TRUE, 'contact',
                   now() - interval '2 years', 'en_US'
              FROM generate_series(1, %s) AS n
         RETURNING id
            """,
            CUSTOMERS,
        )
    )
    first = env.cr.fetchone()[0]
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE id >= %s", (first,))
    env.cr.execute(
        SQL(
            """
            INSERT INTO crm_standard_contact (partner_id, date, direction, channel, source,
                                              source_id)
            SELECT %(first)s + (n::bigint * 7919) %% (%(customers)s * 4 / 5),
                   now() - (n %% 90) * interval '1 day',
                   CASE WHEN n %% 3 = 0 THEN 'in' ELSE 'out' END, 'email', 'message', -n
              FROM generate_series(1, %(contacts)s) AS n
            """,
            first=first,
            customers=CUSTOMERS,
            contacts=CONTACTS,
        )
    )
    env.cr.execute("ANALYZE res_partner")
    env.cr.execute("ANALYZE crm_standard_contact")
    norm = {"name": "All", "least": 2, "most": 5, "period_amount": 1, "period_unit": "months"}
    standard = env["crm.standard"].create(
        {
            "name": "Contacts",
            "document_type": "contact_regulation",
            "contact_norm_ids": [(0, 0, norm)],
        }
    )
    standard.action_put_in_force()
    env.flush_all()
    env.cr.execute("UPDATE crm_standard SET date_in_force = now() - interval '1 year'")
    env.cr.execute("UPDATE crm_standard_contact_norm SET create_date = now() - interval '1 year'")
    env.invalidate_all()


def timed(env, deed, times=3):
    """Return the result of a deed, its statements and its best time in seconds."""
    best, count = None, 0
    for _n in range(times):
        env.invalidate_all()
        before, start = env.cr.sql_log_count, time.perf_counter()
        result = deed()
        seconds = time.perf_counter() - start
        count = env.cr.sql_log_count - before
        best = seconds if best is None else min(best, seconds)
    return result, count, round(best, 3)


def floor(env):
    """Run the bare aggregate: contacts in the last month by customer."""
    env.cr.execute(
        """SELECT count(*) FROM (
               SELECT partner_id, count(*) FILTER (WHERE direction = 'out') AS held
                 FROM crm_standard_contact
                WHERE date > now() - interval '1 month' AND partner_id IS NOT NULL
             GROUP BY partner_id) AS counted WHERE held >= 2"""
    )
    return env.cr.fetchone()[0]


def measure(env):
    """Return the figures; raise where a limit is missed."""
    fill(env)
    user = env.ref("base.user_admin")
    partners = env["res.partner"].with_user(user)
    _count, _statements, bare = timed(env, lambda: floor(env))
    domain = [("contact_state", "=", "too_few")]
    found, statements, seconds = timed(env, lambda: partners.search_count(domain))
    page, page_statements, page_seconds = timed(
        env,
        lambda: partners.search(domain, limit=80).mapped("contact_state"),
    )
    norm, own = next(env["crm.standard.contact.norm"]._get_in_force()._get_own_domains())
    _none, job_statements, job_seconds = timed(env, lambda: norm._register_broken(own), times=1)
    registered = env["crm.standard.norm.breach"].search_count([("kind", "=", "too_few")])
    result = {
        "customers": CUSTOMERS,
        "contacts": CONTACTS,
        "bare_seconds": bare,
        "found": found,
        "search_statements": statements,
        "search_seconds": seconds,
        "search_ratio": round(seconds / bare, 2),
        "page_statements": page_statements,
        "page_seconds": page_seconds,
        "job_statements": job_statements,
        "job_seconds": job_seconds,
        "registered": registered,
    }
    assert set(page) == {"too_few"}, page
    assert found == registered, result
    assert max(statements, job_statements) <= MOST_STATEMENTS, result
    assert seconds <= bare * MOST_RATIO + 0.5, result
    return result


print(json.dumps(measure(env)))
env.cr.rollback()
