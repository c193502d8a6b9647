"""Reports, lists and counters over many complaints; run inside Odoo's shell.

``COMPLAINTS`` complaints (environment, default 100,000; a million for the record) are generated in
SQL with all their parts, one in ten open. The floor of a report is the bare aggregate of the same
columns over the same rows, without any rule. Prints one JSON object. Limits: reports at most twice
the floor and three statements; a look for signals reads in one statement, and so does the sweep of
deadlines with nothing to do. Lists and counters: ``complaint_plans``.
"""

import os
import time

from tests.load._complaints import TABLES, fill
from tests.load._measure import (
    median_ratio,
    median_seconds,
    recorded,
    report,
    scans_of,
    statements_of,
)

COMPLAINTS = int(os.environ.get("COMPLAINTS", "100000"))
LIMIT_RATIO = 2
LIMIT_STATEMENTS = 3


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
    teams, _clerks, _policy = fill(env, COMPLAINTS)
    ours = env(user=user.id)
    lines = ours["crm.complaint.report"]

    def by_category():
        return lines._read_group([], ["category_id"], ["__count", "upheld_percent:avg"])

    def in_time():
        return lines._read_group([], ["category_id"], ["__count", "answered_in_time_percent:avg"])

    figures, missed = {"complaints": COMPLAINTS}, []
    for name, deed, floor in (
        ("report by category", by_category, bare_by_category),
        ("report of terms", in_time, bare_in_time),
    ):
        ratio = round(median_ratio(lambda floor=floor: floor(env), deed), 2)
        statements = statements_of(env, deed)
        figures[f"{name}: ratio (limit {LIMIT_RATIO})"] = ratio
        figures[f"{name}: statements (limit {LIMIT_STATEMENTS})"] = statements
        if ratio > LIMIT_RATIO or statements > LIMIT_STATEMENTS:
            missed.append(name)
    for name, deed in (
        ("count for signals", env["crm.complaint.signal"]._count_open),
        ("idle sweep", env["crm.deadline.clock"]._find_work),
    ):
        with recorded() as queries:
            statements = statements_of(env, deed)
        scans = sorted({table for query in queries for table in scans_of(env, query, TABLES)})
        figures[f"{name}: statements (limit 1)"] = statements
        figures[f"{name}: tables read from end to end"] = ", ".join(scans) or "none"
        figures[f"{name}: ms"] = round(1000 * median_seconds(deed), 1)
        if statements > 1 or scans:
            missed.append(name)
    start = time.perf_counter()
    page = ours["crm.complaint.overview"].get_overview(days=365, team_id=teams[0].id)
    figures["overview page of a team, s"] = round(time.perf_counter() - start, 2)
    figures["open on the page"] = page["tiles"]["open"]["value"]
    return figures, missed


report(*measure(env))
