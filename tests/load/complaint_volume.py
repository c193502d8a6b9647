"""Reports, lists and counters over many complaints; run inside Odoo's shell.

``COMPLAINTS`` complaints (environment, default 100,000; a million for the record) are generated in
SQL, each with a clock, one in ten open. The floor of a report is the bare aggregate of the same
columns over the same rows, without any rule. Prints one JSON object. Limits: reports at most twice
the floor and three statements; each list and counter reads by an index (EXPLAIN); a sweep for
signals reads in one statement.
"""

import json
import os
import statistics
import time

COMPLAINTS = int(os.environ.get("COMPLAINTS", "100000"))
RUNS = 5
LIMIT_RATIO = 2
LIMIT_STATEMENTS = 3


def fill(env, count):
    """Insert complaints over four years, and a clock for each."""
    ids = {
        name: env[model].with_context(active_test=False).search([]).ids
        for name, model in (
            ("categories", "crm.complaint.category"),
            ("channels", "crm.complaint.channel"),
            ("partners", "res.partner"),
            ("users", "res.users"),
        )
    }
    stages = {
        kind: env["crm.complaint.stage"].search([("kind", "=", kind)], limit=1).id
        for kind in ("open", "closed")
    }
    team = env["crm.team"].create({"name": "Bench"})
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO crm_complaint
               (number, name, date_received, date_registered, date_closed, company_id, active,
                stage_id, state, category_id, channel_id, partner_id, commercial_partner_id,
                user_id, team_id, outcome, priority, is_confidential, email_normalized)
        SELECT 'B' || n, 'Complaint ' || md5(n::text), day, day,
               CASE WHEN n %% 10 > 0 THEN day + interval '9 days' END, %(company)s, TRUE,
               CASE WHEN n %% 10 > 0 THEN %(closed)s ELSE %(open)s END,
               CASE WHEN n %% 10 > 0 THEN 'closed' ELSE 'open' END,
               (%(categories)s::int[])[1 + n %% %(category_count)s],
               (%(channels)s::int[])[1 + n %% %(channel_count)s],
               (%(partners)s::int[])[1 + n %% %(partner_count)s],
               (%(partners)s::int[])[1 + n %% %(partner_count)s],
               (%(users)s::int[])[1 + n %% %(user_count)s], %(team)s,
               CASE WHEN n %% 10 > 0 THEN (ARRAY['upheld', 'partly', 'rejected'])[1 + n %% 3] END,
               '1', n %% 50 = 0, 'c' || n || '@example.com'
          FROM generate_series(1, %(count)s) AS n,
               LATERAL (SELECT now()::timestamp - (n %% 1460) * interval '1 day' AS day) AS moment
        """,
        {
            **ids,
            "category_count": len(ids["categories"]),
            "channel_count": len(ids["channels"]),
            "partner_count": len(ids["partners"]),
            "user_count": len(ids["users"]),
            "team": team.id,
            "open": stages["open"],
            "closed": stages["closed"],
            "company": env.company.id,
            "count": count,
        },
    )
    policy = env["crm.deadline.policy"].create(
        {"name": "Bench", "term_amount": 8, "term_unit": "calendar_days"}
    )
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO crm_deadline_clock
               (res_model_id, res_model, res_id, kind, policy_id, version_id, company_id,
                term_amount, term_unit, day_count, date_start, date_due, date_last, date_end, state)
        SELECT %s, 'crm.complaint', id, 'first_answer', %s, %s, company_id, 8, 'calendar_days',
               'next', date_received, date_received + interval '8 days', date_received,
               date_closed, CASE WHEN date_closed IS NULL THEN 'running'
                                 WHEN id %% 7 = 0 THEN 'missed' ELSE 'met' END
          FROM crm_complaint WHERE number LIKE 'B%%'
        """,
        [env["ir.model"]._get_id("crm.complaint"), policy.id, policy.version_id.id],
    )
    env.cr.execute("ANALYZE crm_complaint")
    env.cr.execute("ANALYZE crm_deadline_clock")
    env.invalidate_all()
    return team


def median(deed):
    """Return the median wall time of a deed, in seconds."""
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        deed()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def statements_of(env, deed):
    """Return how many statements a deed takes, when what rules ask is cached."""
    deed()
    before = env.cr.sql_log_count
    deed()
    return env.cr.sql_log_count - before


def plan_of(env, model, domain, order=None, limit=None):
    """Return the plan of a search under the rights of the environment."""
    query = model._search(domain, order=order, limit=limit)
    env.cr.execute("EXPLAIN " + query.select().code, query.select().params)
    return "\n".join(line for (line,) in env.cr.fetchall())


def reads_all(plan):
    """Whether a plan goes through the whole table of complaints or of their clocks."""
    return "Seq Scan on crm_complaint\n" in f"{plan}\n" or any(
        f"Seq Scan on {table}" in plan
        for table in ("crm_complaint ", "crm_complaint  ", "crm_deadline_clock ")
    )


def bare_by_category(env):
    """The floor: the same columns by category, by hand."""
    env.cr.execute(
        """
        SELECT category_id, COUNT(*),
               AVG(CASE WHEN outcome IN ('upheld', 'partly') THEN 100.0
                        WHEN outcome IS NOT NULL THEN 0.0 END)
          FROM crm_complaint WHERE active GROUP BY category_id
        """
    )
    env.cr.fetchall()


def bare_in_time(env):
    """The floor of a report over terms: complaints and their clocks, by hand."""
    env.cr.execute(
        """
        SELECT complaint.category_id, COUNT(*),
               AVG(CASE WHEN clock.is_missed THEN 0.0 ELSE 100.0 END)
          FROM crm_complaint AS complaint
          LEFT JOIN (SELECT res_id, bool_or(state = 'missed') AS is_missed
                       FROM crm_deadline_clock WHERE res_model = 'crm.complaint' GROUP BY res_id
                    ) AS clock ON clock.res_id = complaint.id
      GROUP BY complaint.category_id
        """
    )
    env.cr.fetchall()


def measure(env):
    """Return the figures by name, and which limits are missed."""
    user = env["res.users"].create(
        {
            "name": "Bench Controller",
            "login": "bench_controller",
            "group_ids": [(6, 0, env.ref("crm_complaints.group_manager").ids)],
        }
    )
    team = fill(env, COMPLAINTS)
    ours = env(user=user.id)
    report, complaints = ours["crm.complaint.report"], ours["crm.complaint"]

    def by_category():
        return report._read_group([], ["category_id"], ["__count", "upheld_percent:avg"])

    def in_time():
        return report._read_group([], ["category_id"], ["__count", "answered_in_time_percent:avg"])

    figures, missed = {"complaints": COMPLAINTS}, []
    for name, deed, floor in (
        ("report by category", by_category, bare_by_category),
        ("report of terms", in_time, bare_in_time),
    ):
        bare, time_taken = median(lambda floor=floor: floor(env)), median(deed)
        ratio = round(time_taken / bare, 2)
        statements = statements_of(env, deed)
        figures[f"{name}: bare, s"] = round(bare, 3)
        figures[f"{name}: ours, s"] = round(time_taken, 3)
        figures[f"{name}: ratio (limit {LIMIT_RATIO})"] = ratio
        figures[f"{name}: statements (limit {LIMIT_STATEMENTS})"] = statements
        if ratio > LIMIT_RATIO or statements > LIMIT_STATEMENTS:
            missed.append(name)
    partner = env["res.partner"].search([], limit=1)
    lists = {
        "all, newest first": ([], None, 80),
        "my open ones": ([("user_id", "=", user.id), ("state", "in", ("new", "open"))], None, 80),
        "of a customer": ([("commercial_partner_id", "=", partner.id)], None, 80),
        "by number": ([("number", "=", "B7")], None, 1),
        "by e-mail": ([("email_normalized", "=", "c7@example.com")], None, 1),
    }
    for name, (domain, order, limit) in lists.items():
        plan = plan_of(env, complaints, domain, order, limit)
        figures[f"index for {name}"] = not reads_all(plan)
        if reads_all(plan):
            missed.append(f"{name}: {plan}")
    signals = env["crm.complaint.signal"]
    figures["count for signals: statements (limit 1)"] = statements_of(env, signals._count_open)
    figures["count for signals, s"] = round(median(signals._count_open), 3)
    start = time.perf_counter()
    page = ours["crm.complaint.overview"].get_overview(days=365, team_id=team.id)
    figures["overview page, s"] = round(time.perf_counter() - start, 2)
    figures["open on the page"] = page["tiles"]["open"]["value"]
    return figures, missed


figures, missed = measure(env)
print(json.dumps({**figures, "missed": missed}))
env.cr.rollback()
if missed:
    raise SystemExit(1)
