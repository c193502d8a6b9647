"""Completeness of 200,000 contacts, and the duplicates among them; run inside Odoo's shell.

The floor is one bare SQL aggregate of the same counts by owner, without any record rule. Prints one
JSON object. Limits: the report, under the record rules of a controller, by field and owner, takes
at most twice the floor and a constant number of statements; the list of likely duplicates grows
with the number of records, not with its square.
"""

import json
import statistics
import time

CONTACTS = 200_000
RUNS = 7
FIELDS = ("phone", "email", "vat", "city", "zip", "street", "country_id", "website", "ref")


def fill(env, count, start=0):
    """Insert companies, about a third of the fields empty; one in fifty shares an e-mail."""
    owners = env["res.users"].search([("share", "=", False)]).ids
    env.cr.execute(
        """
        INSERT INTO res_partner (name, complete_name, is_company, active, type, partner_share,
            user_id, phone, email, email_normalized, phone_sanitized, vat, city, zip, street,
            country_id, website, ref)
        SELECT 'Firm ' || md5(n::text), 'Firm ' || md5(n::text), TRUE, TRUE, 'contact', TRUE,
            (%(owners)s::int[])[1 + n %% %(size)s],
            CASE WHEN n %% 3 > 0 THEN '+1650555' || n END,
            CASE WHEN n %% 4 > 0 THEN 'm' || n || '@example.com' END,
            CASE WHEN n %% 4 > 0 THEN 'm' || (n - CASE WHEN n %% 50 = 1 THEN 2 ELSE 0 END)
                                      || '@example.com' END,
            CASE WHEN n %% 3 > 0 THEN '+1650555' || n END,
            CASE WHEN n %% 5 > 0 THEN 'X' || n END,
            CASE WHEN n %% 2 > 0 THEN 'Moscow' ELSE '' END,
            CASE WHEN n %% 7 > 0 THEN '123456' END,
            CASE WHEN n %% 9 > 0 THEN 'Street ' || n END,
            CASE WHEN n %% 6 > 0 THEN %(country)s END,
            CASE WHEN n %% 8 > 0 THEN 'www.example.com' END,
            CASE WHEN n %% 10 > 0 THEN 'R' || n END
          FROM generate_series(%(first)s, %(last)s) AS n
        """,
        {
            "owners": owners,
            "size": len(owners),
            "country": env.ref("base.us").id,
            "first": start + 1,
            "last": start + count,
        },
    )
    env.cr.execute("ANALYZE res_partner")
    env.invalidate_all()


def make_standard(env):
    """Put a standard in force that asks for nine fields, one of them in a form."""
    get_field = env["ir.model.fields"]._get
    lines = [
        {"subject": "company", "field_id": get_field("res.partner", name).id, "weight": 1 + number}
        for number, name in enumerate(FIELDS)
    ]
    lines[1]["form_check"] = "email"
    env["crm.standard"].search([]).write({"state": "retired"})
    standard = env["crm.standard"].create(
        {
            "name": "Card",
            "document_type": "data_entry",
            "entry_ids": [(0, 0, vals) for vals in lines],
        }
    )
    standard.action_put_in_force()


def median(deed):
    """Return the median wall time of a deed, in seconds."""
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        deed()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def bare(env):
    """Count the same with one plain statement."""
    env.cr.execute(
        """
        SELECT user_id, count(*), count(*) FILTER (WHERE btrim(phone) <> ''),
               count(*) FILTER (WHERE btrim(email) <> ''), count(*) FILTER (WHERE btrim(vat) <> ''),
               count(*) FILTER (WHERE btrim(city) <> ''), count(*) FILTER (WHERE btrim(zip) <> ''),
               count(*) FILTER (WHERE btrim(street) <> ''), count(country_id),
               count(*) FILTER (WHERE btrim(website) <> ''),
               count(*) FILTER (WHERE btrim(ref) <> '')
          FROM res_partner
         WHERE active AND is_company AND partner_share
      GROUP BY user_id
        """
    )
    return env.cr.fetchall()


def measure(env):
    """Return the figures by name; raise where a limit is missed."""
    env["res.users"].create([{"name": f"B{n}", "login": f"bench_{n}"} for n in range(20)])
    env.cr.execute("UPDATE res_partner SET is_company = FALSE")
    fill(env, CONTACTS)
    make_standard(env)
    user = env["res.users"].create(
        {
            "name": "Controller",
            "login": "bench_controller",
            "group_ids": [(6, 0, env.ref("crm_standards.group_manager").ids)],
        }
    )
    report = env(user=user.id)["crm.standard.entry.report"]

    def look():
        return report._read_group(
            [], ["entry_id", "user_id"], ["kept_percent:avg", "record_count:sum"]
        )

    rows = look()
    floor, ours = median(lambda: bare(env)), median(look)
    by_class = median(
        lambda: report._read_group([], ["entry_id", "class_id"], ["kept_percent:avg"])
    )
    before = env.cr.sql_log_count
    look()
    statements = env.cr.sql_log_count - before
    duplicates = env["crm.standard.duplicate"]
    start = time.perf_counter()
    pairs = duplicates._find_pairs("res.partner")
    drawn = time.perf_counter() - start
    start = time.perf_counter()
    batch = sorted(pairs)[:2000]
    duplicates._judge("res.partner", batch)
    judged = time.perf_counter() - start
    mine = env["crm.standard.duplicate"].env(user=user.id)["res.partner"]
    identity = mine.search([("name", "=like", "Firm %")], limit=1)._get_identity()
    typed = median(lambda: mine._find_candidates(identity).ids)
    figures = {
        "contacts": CONTACTS,
        "rows": len(rows),
        "bare aggregate, s": round(floor, 3),
        "report by field and owner, s": round(ours, 3),
        "ratio (limit 2)": round(ours / floor, 2),
        "report by field and customer class, s": round(by_class, 3),
        "statements (limit 2)": statements,
        "pairs found": len(pairs),
        "pairs of the whole base, s": round(drawn, 2),
        "judging 2,000 pairs, s": round(judged, 2),
        "candidates while typing, s (limit 0.5)": round(typed, 3),
    }
    missed = ours > 2 * floor or statements > 2 or typed > 0.5
    return figures, missed


figures, missed = measure(env)
print(json.dumps(figures))
env.cr.rollback()
if missed:
    raise SystemExit(1)
