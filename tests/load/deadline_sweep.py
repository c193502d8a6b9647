"""The sweep: idle over 1,000,000 running clocks, and 10,000 breaches with their ladder.

The floor of the idle sweep is ``SELECT 1``; that of the breaches the bare set-based UPDATE of the
clocks and INSERT of ledger entries and notices, on the same rows in the same run, undone by a
savepoint. Fifty people are told.
"""

import json
import os
import time
from datetime import timedelta
from pathlib import Path

from odoo import fields

CLOCKS = 1_000_000
BREACHES = 10_000
PEOPLE = 50
LIMIT_IDLE_STATEMENTS = 1
LIMIT_IDLE_BUFFERS = 40
LIMIT_RATIO = 3


def make_policy(env):
    """Return a policy with a ladder of one step, when the deadline is due."""
    policy = env["crm.deadline.policy"].create(
        {"name": "Bench", "term_amount": 8, "term_unit": "calendar_hours"}
    )
    env["crm.deadline.step"].create(
        {"policy_id": policy.id, "moment": "at", "whom": "responsible", "deed": "activity"}
    )
    env.cr.execute("UPDATE crm_deadline_step SET date_from = '2020-01-01'")
    env.invalidate_all()
    return policy


def make_clocks(env, policy, count, first, due, model="res.partner"):
    """Insert running clocks on records that need not be there, ``first`` the id of the first."""
    users = env["res.users"].search([("share", "=", False)]).ids
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO crm_deadline_clock
               (res_model_id, res_model, res_id, kind, policy_id, version_id, calendar_id,
                company_id, user_id, term_amount, term_unit, day_count, date_start, date_due,
                date_last, date_next_step, state)
        SELECT %(model_id)s, %(model)s, %(first)s + n, 'bench', %(policy)s, %(version)s,
               %(calendar)s, %(company)s, (%(users)s::int[])[n %% %(people)s + 1], 8,
               'calendar_hours', 'next', %(due)s::timestamp - interval '8 hours',
               %(due)s::timestamp + n * interval '1 second',
               %(due)s::timestamp - interval '8 hours',
               %(due)s::timestamp + n * interval '1 second', 'running'
          FROM generate_series(0, %(count)s - 1) AS n
        """,
        {
            "model_id": env["ir.model"]._get_id(model),
            "model": model,
            "first": first,
            "policy": policy.id,
            "version": policy.version_id.id,
            "calendar": env.company.resource_calendar_id.id,
            "company": env.company.id,
            "users": users[:PEOPLE],
            "people": min(PEOPLE, len(users)),
            "due": due,
            "count": count,
        },
    )
    env.cr.execute(
        """
        INSERT INTO crm_deadline_event
               (clock_id, kind, date, date_due, policy_id, version_id, calendar_id, user_id)
        SELECT id, 'start', date_start, date_due, policy_id, version_id, calendar_id, 1
          FROM crm_deadline_clock AS clock
         WHERE NOT EXISTS (SELECT FROM crm_deadline_event WHERE clock_id = clock.id)
           AND date_due < now() AT TIME ZONE 'UTC'
        """
    )
    env.invalidate_all()


def make_people(env):
    """Make enough people for the ladder to tell."""
    missing = PEOPLE - env["res.users"].search_count([("share", "=", False)])
    env["res.users"].with_context(no_reset_password=True, tracking_disable=True).create(
        [{"login": f"bench{number}", "name": f"Bench {number}"} for number in range(missing)]
    )


def seconds_of(deed):
    """Return how long a deed takes."""
    begin = time.perf_counter()
    deed()
    return time.perf_counter() - begin


def cpu_of(env, deed):
    """Return the CPU seconds a deed takes, here and in the database's process for us.

    Waiting for a processor that others use does not count, so that the ratio of two deeds says
    the same on a busy machine.
    """
    env.cr.execute("SELECT pg_backend_pid()")
    stat = Path(f"/proc/{env.cr.fetchone()[0]}/stat")
    before = time.process_time() + cpu_in(stat)
    deed()
    return time.process_time() + cpu_in(stat) - before


def cpu_in(stat):
    """Return the CPU seconds of a process so far, from its line in /proc."""
    fields_after_name = stat.read_text().rpartition(")")[2].split()
    return sum(map(int, fields_after_name[11:13])) / os.sysconf("SC_CLK_TCK")


def measure_idle(env):
    """Return the figures of a sweep with nothing to do, among clocks that run."""
    clocks = env["crm.deadline.clock"]
    clocks._find_work()
    before = env.cr.sql_log_count
    work = clocks._find_work()
    statements = env.cr.sql_log_count - before
    assert not any(work.values()), work
    ping = min(seconds_of(lambda: env.cr.execute("SELECT 1")) for _run in range(50))
    look = min(seconds_of(clocks._find_work) for _run in range(50))
    return {
        "running clocks": CLOCKS,
        "idle: statements": statements,
        "idle: seconds": round(look, 5),
        "idle: times SELECT 1": round(look / ping, 1),
        **explain_idle(env),
    }


def explain_idle(env):
    """Return how many pages the question of an idle sweep reads, and what scans it makes."""
    now = fields.Datetime.now()
    env.cr.execute(
        """
        EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)
        SELECT EXISTS (SELECT FROM crm_deadline_clock
                        WHERE state = 'running' AND date_due < %s),
               EXISTS (SELECT FROM crm_deadline_clock
                        WHERE state = 'missed' AND is_followed_up IS NOT TRUE),
               EXISTS (SELECT FROM crm_deadline_clock WHERE date_next_step <= %s),
               EXISTS (SELECT FROM crm_deadline_notice WHERE date_try <= %s)
        """,
        [now, now, now],
    )
    plan = env.cr.fetchone()[0][0]["Plan"]
    # a table of notices with nothing in it may be read in any way
    scans = sorted({f"{node['Node Type']} on {node['Relation Name']}" for node in plan["Plans"]})
    return {
        "idle: pages read": plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
        "idle: scans": ", ".join(scans),
    }


def bare(env, policy):
    """Do in two bare statements what the breaches change, and undo it."""
    step = policy.step_ids.id
    with env.cr.savepoint() as savepoint:
        seconds = cpu_of(env, lambda: bare_statements(env, step))
        savepoint.rollback()
    return seconds


def bare_statements(env, step):
    """UPDATE the clocks, INSERT an entry of the ledger and a notice for each."""
    env.cr.execute(
        """
        WITH missed AS (
            UPDATE crm_deadline_clock
               SET state = 'missed', date_missed = date_due, date_last = date_due,
                   is_followed_up = true, date_next_step = NULL, write_uid = 1, write_date = now()
             WHERE state = 'running' AND date_due < now() AT TIME ZONE 'UTC'
         RETURNING id, date_due, policy_id, version_id, calendar_id, user_id),
        entries AS (
            INSERT INTO crm_deadline_event
                   (clock_id, kind, date, date_due, policy_id, version_id, calendar_id, user_id,
                    create_uid, create_date, write_uid, write_date)
            SELECT id, 'miss', date_due, date_due, policy_id, version_id, calendar_id, 1,
                   1, now(), 1, now()
              FROM missed)
        INSERT INTO crm_deadline_notice
               (clock_id, step_id, user_id, date_step, state, create_uid, create_date, write_uid,
                write_date)
        SELECT id, %s, user_id, date_due, 'done', 1, now(), 1, now() FROM missed
        """,
        [step],
    )


def sweep(env):
    """Do what the job does, without its commits."""
    clocks = env["crm.deadline.clock"]
    cron = type(env["ir.cron"])
    commit, cron._commit_progress = cron._commit_progress, lambda self, *_a, **_k: 1
    try:
        clocks._cron_sweep()
        env.flush_all()
    finally:
        cron._commit_progress = commit


def measure(env):
    """Return the figures; raise where they miss their limits."""
    make_people(env)
    policy = make_policy(env)
    now = fields.Datetime.now()
    make_clocks(env, policy, CLOCKS, 10_000_000, now + timedelta(days=1))
    env.cr.execute("ANALYZE crm_deadline_clock, crm_deadline_event, crm_deadline_notice")
    figures = measure_idle(env)
    partner = env["res.partner"].create([{"name": f"Bench {n}"} for n in range(BREACHES)])
    make_clocks(env, policy, BREACHES, min(partner.ids), now - timedelta(hours=9))
    env.cr.execute("ANALYZE crm_deadline_clock, crm_deadline_event, crm_deadline_notice")
    floors = [bare(env, policy), bare(env, policy)]
    before = env.cr.sql_log_count
    seconds = cpu_of(env, lambda: sweep(env))
    ratio = seconds / min(floors)
    notices = env["crm.deadline.notice"]
    figures |= {
        "breaches": BREACHES,
        "breaches: floor in CPU seconds": round(min(floors), 2),
        "breaches: CPU seconds": round(seconds, 2),
        "breaches: times the floor": round(ratio, 2),
        "breaches: statements": env.cr.sql_log_count - before,
        "breaches: notices": notices.search_count([("state", "=", "done")]),
        "breaches: digests": env["mail.activity"].search_count([("res_model", "=", False)]),
    }
    print(json.dumps(figures))
    if (
        figures["idle: statements"] > LIMIT_IDLE_STATEMENTS
        or figures["idle: pages read"] > LIMIT_IDLE_BUFFERS
        or "Seq Scan on crm_deadline_clock" in figures["idle: scans"]
        or figures["breaches: notices"] != BREACHES
        or ratio > LIMIT_RATIO
    ):
        raise SystemExit(f"missed the limits: {figures}")


measure(env)
env.cr.rollback()
