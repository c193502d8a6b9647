"""Leads, activities, invoices and payments of many people, written by SQL for the benchmarks.

Three years that end with a whole month, in one company by Moscow time. Each record is somebody's;
the columns `user_id` and `create_uid` of leads are spread over 200 and over twice as many people,
so that the same scan can be counted for either. The database is the copy a benchmark works on.
"""

import os
from datetime import date, datetime

from odoo.tools import SQL

from tests.load._complaints import bare_tables

#: Of a million leads: so many times less is faster, and shows how costs grow.
SCALE = float(os.environ.get("SCALE", "0.1"))
USERS = 200
LEADS, ACTIVITIES, INVOICES, PAYMENTS = 1_000_000, 300_000, 200_000, 160_000
CUSTOMERS = 200_000
#: Days on which something happened, the last of them the last day of a month.
DAYS, LAST_DAY = 1095, date(2026, 3, 31)
NOW = datetime(2026, 4, 1, 9)
TABLES = (
    "crm_lead",
    "mail_activity",
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
)
#: What is counted: twenty measures as they are shipped, by their document.
SHIPPED = {
    "crm.lead": (
        "leads_new",
        "won_count",
        "won_amount",
        "won_share",
        "won_cycle",
        "customers_new",
        "customers_lost",
        "lost_count",
        "leads_complete",
    ),
    "mail.activity": (
        "activities_done",
        "communications_due",
        "communications_late",
        "contacts",
        "lead_contacts",
        "leads_contacted",
    ),
    "account.move": ("invoiced", "debts"),
    "account.partial.reconcile": ("cash_in", "cash_out", "customers_paid_first"),
}


def scaled(count):
    """Return how many of a table are made in this run."""
    return max(int(count * SCALE), 1000)


def prepare(env):
    """Make people and their documents; return the employees, twice as many as have leads."""
    env.cr._now = NOW
    company = env.company
    company.resource_calendar_id.tz = "Europe/Moscow"
    if not company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
    users = make_people(env)
    customers = make_customers(env, scaled(CUSTOMERS))
    patterns = make_patterns(env)
    env.flush_all()
    with bare_tables(env, TABLES):
        fill_leads(env, users, customers)
        fill_activities(env, users[:USERS])
        fill_money(env, patterns, users[:USERS], customers)
    env.invalidate_all()
    env.cr.commit()  # the copy is ours
    settle(env, (*TABLES, "res_partner"))
    return users


def settle_open(env, tables):
    """Commit, and let PostgreSQL know the tables."""
    env.cr.commit()
    env.cr._now = NOW
    settle(env, tables)


def settle(env, tables):
    """Let PostgreSQL know the tables."""
    with env.registry.cursor() as cr:
        cr._cnx.rollback()
        cr._cnx.autocommit = True
        cr.execute(f"VACUUM ANALYZE {', '.join(tables)}")
        cr._cnx.autocommit = False


def make_people(env):
    """Return employees in teams of ten."""
    quiet = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    groups = env.ref("crm_kpi.group_user").ids
    users = quiet.create(
        [
            {"login": f"kpi{n}", "name": f"Seller {n}", "group_ids": [(6, 0, groups)]}
            for n in range(2 * USERS)
        ]
    )
    env["crm.team"].create(
        [
            {
                "name": f"Team {first // 10}",
                "crm_team_member_ids": [
                    (0, 0, {"user_id": user.id}) for user in users[first : first + 10]
                ],
            }
            for first in range(0, len(users), 10)
        ]
    )
    return users


def make_customers(env, count):
    """Return the first id of so many customers, which follow each other."""
    pattern = env["res.partner"].create({"name": "Customer", "is_company": True})
    env.flush_all()
    first = copy(env, pattern, count, name=SQL("'Customer ' || n"))
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE id >= %s", [first])
    return first


def copy(env, pattern, count, **columns):
    """Copy a record so many times with other columns, SQL over ``n``; return the first id."""
    table = pattern._table
    env.cr.execute(SQL("SELECT MAX(id) + 1 FROM %s", SQL.identifier(table)))
    first = env.cr.fetchone()[0]
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    names = [name for (name,) in env.cr.fetchall()]
    columns = {"id": SQL("%s + n - 1", first), **columns}
    values = [columns.get(name) or SQL.identifier("pattern", name) for name in names]
    env.cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(names)s) SELECT %(values)s"
            " FROM %(table)s AS pattern, generate_series(1, %(count)s) AS n"
            " WHERE pattern.id = %(pattern)s",
            table=SQL.identifier(table),
            names=SQL(", ").join(map(SQL.identifier, names)),
            values=SQL(", ").join(values),
            count=count,
            pattern=pattern.id,
        )
    )
    env.cr.execute("SELECT setval(%s, %s)", [f"{table}_id_seq", first + count])
    return first


def one_of(ids, factor=1):
    """Return SQL that takes ids in turn, mixed by a factor."""
    return SQL(f"(%s::int[])[1 + mod(n::bigint * {factor}, %s)]", list(ids), len(ids))


def moment(factor=1, aside="0 days"):
    """Return SQL of a moment within the years."""
    return SQL(
        f"(%s::date - mod(n::bigint * {factor}, {DAYS})::int)::timestamp"
        " + mod(n * 37, 1440) * interval '1 minute' + %s::interval",
        LAST_DAY,
        aside,
    )


def fill_leads(env, users, customers):
    """Write leads: of four one is won, one lost, two are open."""
    pattern = env["crm.lead"].create({"name": "Deal", "type": "opportunity", "user_id": False})
    reasons = env["crm.lost.reason"].with_context(active_test=False).search([]).ids
    env.flush_all()
    made = moment(7919)
    copy(
        env,
        pattern,
        scaled(LEADS),
        user_id=SQL("CASE WHEN mod(n, 50) > 0 THEN %s END", one_of(users[:USERS].ids)),
        create_uid=one_of(users.ids, 3),
        partner_id=SQL("%s + mod(n::bigint * 104729, %s)", customers, scaled(CUSTOMERS)),
        won_status=SQL("(ARRAY['won', 'lost', 'pending', 'pending'])[1 + mod(n, 4)]"),
        active=SQL("mod(n, 4) <> 1"),
        lost_reason_id=SQL("CASE WHEN mod(n, 4) = 1 THEN %s END", one_of(reasons)),
        expected_revenue=SQL("ROUND(1000 + mod(n::bigint * 7907, 900000) / 100.0, 2)"),
        create_date=made,
        write_date=made,
        date_open=made,
        date_closed=SQL(
            "CASE WHEN mod(n, 4) < 2 THEN LEAST(%s + mod(n, 60) * interval '1 day', %s) END",
            made,
            datetime(2026, 3, 31, 20),
        ),
        date_deadline=SQL("CASE WHEN mod(n, 3) > 0 THEN (%s)::date + 30 END", made),
        email_from=SQL("CASE WHEN mod(n, 5) > 0 THEN 'c' || n || '@example.com' END"),
    )


def fill_activities(env, users):
    """Write activities on leads: of ten nine are done, one of these too late."""
    leads = env["crm.lead"].search([], limit=1000).ids
    pattern = env["mail.activity"].create(
        {
            "res_model_id": env["ir.model"]._get_id("crm.lead"),
            "res_id": leads[0],
            "activity_type_id": env.ref("mail.mail_activity_data_call").id,
            "user_id": users[0].id,
        }
    )
    env.flush_all()
    due = SQL("(%s)::date", moment(7907))
    copy(
        env,
        pattern,
        scaled(ACTIVITIES),
        user_id=one_of(users.ids, 7),
        res_id=one_of(leads, 11),
        date_deadline=due,
        date_done=SQL("CASE WHEN mod(n, 10) > 0 THEN %s + (mod(n, 10) = 1)::int END", due),
        active=SQL("mod(n, 10) = 0"),
        create_date=moment(7907),
        write_date=moment(7907),
    )


def make_patterns(env):
    """Return an invoice, an entry of a bank that pays it, and how they are reconciled."""
    customer = env["res.partner"].create({"name": "Payer"})
    bank = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1
    )
    invoice = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": customer.id,
            "invoice_date": LAST_DAY,
            "invoice_line_ids": [
                (0, 0, {"name": "Shelf", "price_unit": 1000, "tax_ids": [(5,)]}),
            ],
        }
    )
    invoice.action_post()
    owed = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
    entry = env["account.move"].create(
        {
            "journal_id": bank.id,
            "date": LAST_DAY,
            "line_ids": [
                (0, 0, {"account_id": bank.default_account_id.id, "balance": 1000}),
                (0, 0, {
                    "account_id": owed.account_id.id,
                    "partner_id": customer.id,
                    "balance": -1000,
                }),
            ],
        }
    )  # fmt: skip
    entry.action_post()
    paid = entry.line_ids.filtered(lambda line: line.account_id == owed.account_id)
    (owed | paid).reconcile()
    return invoice, entry


def fill_money(env, patterns, users, customers):
    """Write invoices with two lines each, entries that pay most of them, and their matching."""
    invoice, entry = patterns
    partial = env["account.partial.reconcile"].search(
        [("credit_move_id", "in", entry.line_ids.ids)], limit=1
    )
    invoices, payments = scaled(INVOICES), scaled(PAYMENTS)
    customer = SQL("%s + mod(n::bigint * 104729, %s)", customers, scaled(CUSTOMERS))
    billed, paid = SQL("(%s)::date", moment(7919)), SQL("LEAST((%s)::date, %s)",
        moment(7919, "20 days"), LAST_DAY)  # fmt: skip
    amount = SQL("ROUND(100 + mod(n::bigint * 7907, 900000) / 100.0, 2)")
    dated = {"date": billed, "create_date": moment(7919), "write_date": moment(7919)}
    bills = copy(
        env, invoice, invoices,
        name=SQL("'BILL/' || n"), sequence_number=SQL("n"), payment_reference=SQL("'B' || n"),
        partner_id=customer, commercial_partner_id=customer, invoice_date=billed,
        invoice_date_due=SQL("%s + 30", billed), invoice_user_id=one_of(users.ids, 13),
        amount_untaxed=amount, amount_untaxed_signed=amount, amount_total=amount,
        amount_residual=SQL("CASE WHEN n > %s THEN %s ELSE 0 END", payments, amount),
        amount_residual_signed=SQL("CASE WHEN n > %s THEN %s ELSE 0 END", payments, amount),
        **dated,
    )  # fmt: skip
    owed = {}
    for line in invoice.line_ids:
        owed[line.account_type] = copy(
            env, line, invoices, move_id=SQL("%s + n - 1", bills), partner_id=customer, **dated
        )
    dated["date"] = paid
    entries = copy(
        env, entry, payments, name=SQL("'PAID/' || n"), sequence_number=SQL("n"), **dated
    )
    money = {}
    for line in entry.line_ids:
        money[line.account_type] = copy(
            env, line, payments, move_id=SQL("%s + n - 1", entries), partner_id=customer, **dated
        )
    copy(
        env, partial, payments,
        debit_move_id=SQL("%s + n - 1", owed["asset_receivable"]),
        credit_move_id=SQL("%s + n - 1", money["asset_receivable"]),
        amount=amount, debit_amount_currency=amount, credit_amount_currency=amount,
        max_date=paid, create_date=dated["create_date"], write_date=dated["write_date"],
    )  # fmt: skip


def take_measures(env):
    """Return the shipped measures, by model, and nothing else is counted in this database."""
    every = env["crm.kpi.measure"].with_context(active_test=False).search([])
    codes = {code for found in SHIPPED.values() for code in found}
    taken = every.filtered(lambda measure: measure.code in codes)
    (every - taken).filtered("active").action_archive()
    taken.action_unarchive()
    assert len(taken) == len(codes), codes - set(taken.mapped("code"))
    return taken.grouped("model_name")


def make_card(env, measures, users):
    """Return a scorecard of the people by an indicator for each measure, with targets."""
    indicators = env["crm.kpi.indicator"].create(
        [
            {
                "name": measure.name,
                "code": f"bench_{measure.code}",
                "measure_id": measure.id,
                "direction": "more",
            }
            for measure in measures
        ]
    )
    card = env["crm.kpi.card"].create(
        {
            "name": "Bench",
            "user_ids": [(6, 0, users.ids)],
            "line_ids": [(0, 0, {"indicator_id": indicator.id}) for indicator in indicators],
        }
    )
    return card, indicators


def fill_targets(env, indicators, users, months=36):
    """Write a target for each employee, indicator and month."""
    pattern = env["crm.kpi.target"].create(
        {
            "indicator_id": indicators[0].id,
            "user_id": users[0].id,
            "date_from": "2019-01-01",
            "target": 100,
        }
    )
    pattern.action_agree()
    env.flush_all()
    size = len(users) * len(indicators)
    month = SQL("('2026-03-01'::date - (((n - 1) / %s) || ' months')::interval)::date", size)
    copy(
        env,
        pattern,
        months * size,
        indicator_id=SQL("(%s::int[])[1 + mod(n - 1, %s)]", indicators.ids, len(indicators)),
        user_id=SQL(
            "(%s::int[])[1 + mod((n - 1) / %s, %s)]", users.ids, len(indicators), len(users)
        ),
        date_from=month,
        date_to=SQL("(%s + interval '1 month' - interval '1 day')::date", month),
        target=SQL("50 + mod(n, 100)"),
    )
    env.invalidate_all()
