"""Very many complaints with all that belongs to them, written by SQL for the benchmarks.

Ten teams of five clerks, a customer for every fifty complaints, four years. One complaint in ten is
open, in all its stages; one open deadline in ten has passed and was noted, none is waiting for the
sweep. The database is the copy a benchmark works on: it is committed and dropped afterwards.
"""

from contextlib import contextmanager

from odoo.tools import SQL

TEAMS, CLERKS = 10, 50
YEARS_IN_DAYS = 1460
#: Tables filled here, and what of them is too small to matter whatever is read of it.
TABLES = (
    "crm_complaint",
    "crm_deadline_clock",
    "crm_deadline_event",
    "crm_complaint_move",
    "crm_complaint_task",
    "crm_complaint_term",
    "crm_complaint_decision",
    "crm_complaint_compensation",
    "crm_complaint_cost",
    "crm_complaint_cause_share",
)


def make_people(env):
    """Return ten teams and fifty clerks, five in each team; the first of them leads it."""
    group = env.ref("crm_complaints.group_user")
    quiet = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    clerks = quiet.create(
        [
            {"login": f"clerk{n}", "name": f"Clerk {n}", "group_ids": [(6, 0, group.ids)]}
            for n in range(CLERKS)
        ]
    )
    size = CLERKS // TEAMS
    teams = env["crm.team"].create(
        [
            {
                "name": f"Complaints {n}",
                "user_id": clerks[n * size].id,
                "crm_team_member_ids": [
                    (0, 0, {"user_id": clerk.id}) for clerk in clerks[n * size : (n + 1) * size]
                ],
            }
            for n in range(TEAMS)
        ]
    )
    return teams, clerks


@contextmanager
def bare_tables(env, tables):
    """Take indexes and foreign keys off while rows are written, and put them back.

    Twenty times faster; the keys come back for new rows only, the rows written here fit.
    """
    env.cr.execute(
        """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
        """,
        [list(tables)],
    )
    keys = env.cr.fetchall()
    env.cr.execute(
        """
        SELECT indexname, indexdef FROM pg_indexes
         WHERE tablename = ANY(%s)
           AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))
        """,
        [list(tables)],
    )
    indexes = env.cr.fetchall()
    for table, name, _code in keys:
        env.cr.execute(
            SQL("ALTER TABLE %s DROP CONSTRAINT %s", *map(SQL.identifier, (table, name)))
        )
    for name, _code in indexes:
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    yield
    env.cr.execute("SET LOCAL maintenance_work_mem = '1GB'")
    for _name, code in indexes:
        env.cr.execute(code)
    for table, name, code in keys:
        env.cr.execute(
            SQL(
                "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID",
                SQL.identifier(table),
                SQL.identifier(name),
                SQL(code),
            )
        )


def insert(env, table, source, **columns):
    """Insert a row for each row of ``source``; a column is SQL over it."""
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(columns.values()),
            source,
        )
    )


def one_of(ids, number="n"):
    """Return SQL that takes the ids in turn."""
    return SQL(f"(%s::int[])[1 + mod({number}, %s)]", list(ids), len(ids))


def fill(env, count):
    """Write ``count`` complaints and their parts; return the teams, the clerks and the policy."""
    teams, clerks = make_people(env)
    policy = env["crm.deadline.policy"].create(
        {"name": "Bench", "term_amount": 8, "term_unit": "calendar_days"}
    )
    env.flush_all()
    copy_customers(env, max(100, count // 50))
    with bare_tables(env, TABLES):
        fill_complaints(env, count, teams, clerks)
        fill_clocks(env, policy)
        fill_parts(env)
    env.invalidate_all()
    env.cr.commit()  # the copy is ours; what is read by an index alone must be visible to all
    with env.registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr._cnx.rollback()
        cr.execute(f"VACUUM ANALYZE {', '.join((*TABLES, 'res_partner'))}")
    return teams, clerks, policy


def copy_customers(env, count):
    """Copy a customer, with whatever columns other add-ons gave him."""
    pattern = env["res.partner"].create({"name": "Customer", "ref": "bench"})
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO res_partner
        SELECT (jsonb_populate_record(NULL::res_partner, to_jsonb(pattern) || jsonb_build_object(
                   'id', made.id, 'commercial_partner_id', made.id, 'name', 'Customer ' || n,
                   'complete_name', 'Customer ' || n))).*
          FROM res_partner AS pattern,
               (SELECT n, nextval('res_partner_id_seq') AS id
                  FROM generate_series(1, %s) AS n) AS made
         WHERE pattern.id = %s
        """,
        [count, pattern.id],
    )


def fill_complaints(env, count, teams, clerks):
    """Write the complaints."""
    env.cr.execute("SELECT id FROM res_partner WHERE ref = 'bench'")
    customers = [row[0] for row in env.cr.fetchall()]
    stages = env["crm.complaint.stage"].search([])
    still_open = stages.filtered(lambda stage: not stage.is_closed).ids
    closed = stages.filtered(lambda stage: stage.kind == "closed").ids[0]
    env.cr.execute(
        "CREATE TEMP TABLE bench_customer AS"
        " SELECT id, place FROM unnest(%s) WITH ORDINALITY AS customer(id, place)",
        [customers],
    )
    categories = env["crm.complaint.category"].search([]).ids
    insert(
        env,
        "crm_complaint",
        SQL(
            """
            (SELECT n, mod(n, 10) = 0 AS is_open, now()::timestamp
                    - (%(count)s - n + 0.5) * %(days)s / %(count)s * interval '1 day' AS day,
                    CASE WHEN mod(n, 10) = 0 THEN %(open)s ELSE %(closed)s END AS stage_id
               FROM generate_series(1, %(count)s) AS n) AS made
            JOIN crm_complaint_stage AS stage ON stage.id = made.stage_id
            JOIN bench_customer AS customer ON customer.place = 1 + mod(n, %(customers)s)
            """,
            days=YEARS_IN_DAYS,
            count=count,
            open=one_of(still_open, "n / 10"),
            closed=closed,
            customers=len(customers),
        ),
        number=SQL("'B' || n"),
        name=SQL("'Complaint about ' || md5(n::text)"),
        description=SQL("'<p>' || md5((n + 1)::text) || ' did not work.</p>'"),
        date_received=SQL("day"),
        date_registered=SQL("day"),
        create_date=SQL("day"),
        write_date=SQL("day"),
        date_answered=SQL("CASE WHEN NOT is_open THEN day + interval '8 days' END"),
        date_closed=SQL("CASE WHEN NOT is_open THEN day + interval '9 days' END"),
        date_first_closed=SQL("CASE WHEN NOT is_open THEN day + interval '9 days' END"),
        date_deadline=SQL("CASE WHEN is_open THEN now()::timestamp"
                          " + (mod(n, 300) - 30) * interval '1 hour' END"),
        company_id=SQL("%s", env.company.id),
        currency_id=SQL("%s", env.company.currency_id.id),
        active=SQL("TRUE"),
        stage_id=SQL("stage.id"),
        state=SQL("stage.kind"),
        category_id=one_of(categories),
        channel_id=one_of(env["crm.complaint.channel"].search([]).ids),
        remedy_demanded_id=one_of(env["crm.complaint.remedy"].search([]).ids),
        main_cause_id=SQL("CASE WHEN NOT is_open THEN %s END", one_of(causes_of(env).ids)),
        partner_id=SQL("customer.id"),
        commercial_partner_id=SQL("customer.id"),
        user_id=one_of(clerks.ids),
        team_id=one_of(teams.ids, f"mod(n, {CLERKS}) / {CLERKS // TEAMS}"),
        outcome=SQL("CASE WHEN NOT is_open THEN"
                    " (ARRAY['upheld', 'partly', 'rejected'])[1 + mod(n, 3)] END"),
        severity=SQL("(ARRAY['low', 'medium', 'high'])[1 + mod(n, 3)]"),
        priority=SQL("'1'"),
        is_confidential=SQL("mod(n, 50) = 0"),
        email_from=SQL("'c' || n || '@example.com'"),
        email_normalized=SQL("'c' || n || '@example.com'"),
    )  # fmt: skip


def causes_of(env):
    """Return all causes."""
    return env["crm.complaint.cause"].search([])


def fill_clocks(env, policy):
    """Write two deadlines for each complaint, and the entries of their ledgers."""
    for kind, days in (("acknowledgement", 1), ("first_answer", 8)):
        insert(
            env,
            "crm_deadline_clock",
            SQL(
                """
                (SELECT *, CASE WHEN state <> 'closed' THEN date_deadline
                           ELSE date_received + %s * interval '1 day' END AS due,
                        CASE WHEN state = 'closed' OR %s = 1 THEN date_received
                             + interval '20 hours' + mod(id, 7) * interval '1 hour' END AS ended
                   FROM crm_complaint) AS complaint
                """,
                days,
                days,
            ),
            res_model_id=SQL("%s", env["ir.model"]._get_id("crm.complaint")),
            res_model=SQL("'crm.complaint'"),
            res_id=SQL("id"),
            kind=SQL("%s", kind),
            policy_id=SQL("%s", policy.id),
            version_id=SQL("%s", policy.version_id.id),
            company_id=SQL("company_id"),
            user_id=SQL("user_id"),
            term_amount=SQL("8"),
            term_unit=SQL("'calendar_days'"),
            day_count=SQL("'next'"),
            date_start=SQL("date_received"),
            date_due=SQL("due"),
            date_last=SQL("date_received"),
            date_end=SQL("ended"),
            date_missed=SQL("CASE WHEN due < COALESCE(ended, now()::timestamp) THEN due END"),
            is_followed_up=SQL("due < COALESCE(ended, now()::timestamp)"),
            state=SQL(
                "CASE WHEN due < COALESCE(ended, now()::timestamp) THEN 'missed'"
                " WHEN ended IS NULL THEN 'running' ELSE 'met' END"
            ),
        )
    insert(
        env,
        "crm_deadline_event",
        SQL("crm_deadline_clock WHERE policy_id = %s", policy.id),
        clock_id=SQL("id"),
        kind=SQL("'start'"),
        date=SQL("date_start"),
        date_due=SQL("date_due"),
        policy_id=SQL("policy_id"),
        version_id=SQL("version_id"),
        user_id=SQL("1"),
    )


def fill_parts(env):
    """Write moves, tasks, terms, decisions, money and causes."""
    complaints = SQL("crm_complaint")
    ended = SQL("crm_complaint WHERE state = 'closed'")
    paid = SQL("crm_complaint WHERE state = 'closed' AND mod(id, 10) = 1")
    first = env["crm.complaint.stage"]._get_first().id
    insert(
        env, "crm_complaint_move", complaints,
        complaint_id=SQL("id"), stage_to_id=SQL("stage_id"), state_to=SQL("state"),
        stage_from_id=SQL("%s", first), state_from=SQL("'new'"),
        user_id=SQL("user_id"), date=SQL("date_received + interval '9 days'"), way=SQL("'person'"),
    )  # fmt: skip
    insert(
        env, "crm_complaint_task", complaints,
        complaint_id=SQL("id"), name=SQL("'Find out'"), company_id=SQL("company_id"),
        state=SQL("CASE WHEN state = 'closed' THEN 'done' ELSE 'started' END"),
        is_open=SQL("state <> 'closed'"), user_id=SQL("user_id"), sender_id=SQL("user_id"),
        date=SQL("date_received"), date_deadline=SQL("date_received + interval '5 days'"),
        date_done=SQL("date_closed"),
    )  # fmt: skip
    insert(
        env, "crm_complaint_term", complaints,
        complaint_id=SQL("id"), kind=SQL("'first_answer'"), date=SQL("date_received"),
        policy_id=SQL("(SELECT MAX(id) FROM crm_deadline_policy)"), user_id=SQL("1"),
        date_due=SQL("date_received + interval '8 days'"),
    )  # fmt: skip
    insert(
        env, "crm_complaint_decision", ended,
        complaint_id=SQL("id"), user_id=SQL("user_id"), date=SQL("date_closed"),
        way=SQL("'person'"), outcome=SQL("outcome"),
    )  # fmt: skip
    insert(
        env, "crm_complaint_compensation", paid,
        complaint_id=SQL("id"), remedy_id=SQL("remedy_demanded_id"), company_id=SQL("company_id"),
        currency_id=SQL("currency_id"), user_id=SQL("user_id"), date=SQL("date_closed"),
        amount=SQL("10"), company_amount=SQL("10"), state=SQL("'done'"),
    )  # fmt: skip
    insert(
        env, "crm_complaint_cost", paid,
        complaint_id=SQL("id"), name=SQL("'Work'"), kind=SQL("'other'"), date=SQL("date_closed"),
        company_id=SQL("company_id"), currency_id=SQL("currency_id"), user_id=SQL("user_id"),
        amount=SQL("10"), company_amount=SQL("10"),
    )  # fmt: skip
    insert(
        env, "crm_complaint_cause_share", ended,
        complaint_id=SQL("id"), cause_id=SQL("main_cause_id"), user_id=SQL("user_id"),
        share_percent=SQL("100"),
    )  # fmt: skip
