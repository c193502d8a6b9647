"""Scores of 200 people from facts: own page, board and 36 months, against the bare SELECT.

Twenty indicators, three years of facts by day. The floor adds the same facts up by hand, without
corrections, rights, targets and scores. Statements do not grow with people.
"""

from datetime import date, datetime
from functools import partial

from tests.load import _kpi
from tests.load._complaints import bare_tables
from tests.load._measure import median_ratio, median_seconds, report

DAYS, MEASURES = 1095, 20
NOW, DAY = datetime(2026, 3, 31, 9), date(2026, 3, 1)
BARE = """
    SELECT measure_id, {by}, SUM(value_sum), SUM(value_count)
      FROM crm_kpi_fact
     WHERE measure_id = ANY(%s) AND date BETWEEN %s AND %s AND {who}
  GROUP BY measure_id, {by}
"""


def make_measures(env):
    """Return measures that are ready, without counting anything."""
    measures = env["crm.kpi.measure"].create(
        [
            {
                "name": f"Bench {number}",
                "code": f"bench_{number}",
                "model_id": env["ir.model"]._get_id("crm.lead"),
            }
            for number in range(MEASURES)
        ]
    )
    measures._set_found(state="ready", date_counted=NOW)
    return measures


def fill_facts(env, measures, users):
    """Write a fact for each measure, employee and day of three years; one in fifty is corrected."""
    env.cr.execute(
        """
        INSERT INTO crm_kpi_fact (measure_id, date, user_id, team_id, company_id, value_sum,
                                  value_count, is_restatement, date_counted)
        SELECT measure, %(last)s::date - day, worker.id, worker.sale_team_id, %(company)s,
               mod(worker.id * 7 + day, 50) - part * 2, 1 - part, part > 0, %(now)s
          FROM unnest(%(measures)s) AS measure, generate_series(0, %(days)s - 1) AS day,
               res_users AS worker, generate_series(0, 1) AS part
         WHERE worker.id = ANY(%(users)s) AND (part = 0 OR mod(worker.id + day, 50) = 0)
        """,
        {
            "last": date(2026, 3, 31),
            "company": env.company.id,
            "now": NOW,
            "measures": measures.ids,
            "days": DAYS,
            "users": users.ids,
        },
    )


def bare(env, measures, first, last, by="user_id", user=None):
    """Add facts up by hand."""
    who = "user_id = %s" if user else "user_id IS NOT NULL"
    args = [measures.ids, first, last, *([user.id] if user else [])]
    env.cr.execute(BARE.format(by=by, who=who), args)
    env.cr.fetchall()


def statements(env, deed):
    """Return how many statements a deed takes with an empty cache of records."""
    deed()
    env.invalidate_all()
    before = env.cr.sql_log_count
    deed()
    return env.cr.sql_log_count - before


def measure(env):
    """Return the figures, and which limits are missed."""
    env.cr._now = NOW
    users = _kpi.make_people(env)[: _kpi.USERS]
    measures = make_measures(env)
    env["crm.kpi.indicator"].search([]).action_archive()
    card, indicators = _kpi.make_card(env, measures, users)
    small = card.copy({"user_ids": [(6, 0, users[:50].ids)]})
    _kpi.fill_targets(env, indicators, users)
    with bare_tables(env, ("crm_kpi_fact",)):
        fill_facts(env, measures, users)
    _kpi.settle_open(env, ("crm_kpi_fact", "crm_kpi_target"))
    env.cr._now = NOW
    last = date(2026, 3, 31)
    own = env(user=users[0].id)

    def own_page():
        return card.with_env(own)._tell_own(0)

    def board():
        return card._tell_board(0)

    def months():
        # what charts of three years ask: each employee, each month, each measure
        facts = env["crm.kpi.fact"]
        return facts._get_values(measures, date(2023, 4, 1), last, ("user_id", "month"))

    floors = {
        "own page": (own_page, partial(bare, env, measures, date(2025, 10, 1), last,
                                       "date_trunc('month', date)", users[0])),
        "board of 200": (board, partial(bare, env, measures, DAY, last)),
        "36 months of 200": (months, partial(bare, env, measures, date(2023, 4, 1), last,
                                             "user_id, date_trunc('month', date)")),
    }  # fmt: skip
    figures = {"facts": env["crm.kpi.fact"].search_count([])}
    for name, (deed, floor) in floors.items():
        figures[f"{name}: statements"] = statements(env, deed)
        figures[f"{name}: bare, ms"] = round(1000 * median_seconds(floor), 1)
        figures[f"{name}: ours, ms"] = round(1000 * median_seconds(deed), 1)
        figures[f"{name}: times the bare SELECT (limit 2)"] = round(median_ratio(floor, deed), 2)
    figures["board of 50: statements"] = statements(env, lambda: small._tell_board(0))
    return figures, find_missed(figures)


def find_missed(figures):
    """Return the figures that are beyond their limits."""
    missed = [name for name, value in figures.items() if "(limit 2)" in name and value > 2]
    if figures["board of 200: statements"] > figures["board of 50: statements"]:
        missed.append("statements grow with people")
    return missed


report(*measure(env))
