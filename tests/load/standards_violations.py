"""Violations of very many leads: the statements do not grow, the time follows a bare INSERT.

Runs inside Odoo's shell (`./suite bench standards_violations`). 20,000 open leads lack what a rule
asks, the log says they came into the stage after it was in force. Two things are measured: entering
the breaches of many leads in the register (:meth:`_record_breaches`) against one INSERT of the same
rows, and the nightly audit of one rule over all of them. `LEADS=100000` audits so many.
"""

import json
import os
import time

from odoo.addons.crm_standards.models.common.breach import Breach
from odoo.addons.crm_standards.origin import UNLOGGED

LEADS = int(os.environ.get("LEADS", "20000"))
FEW, MANY = 100, 5_000
#: Entering a violation may take this many times a bare INSERT of the finished rows.
LIMIT = 30
#: Statements of the nightly audit of one rule whose fields are columns; each batch of 20,000 leads
#: after the first takes some more.
AUDIT_STATEMENTS, BATCH_STATEMENTS = 13, 2


def measured(env, deed):
    """Return the seconds and statements a deed takes, and what it returns."""
    env.flush_all()
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.perf_counter()
    result = deed()
    env.flush_all()
    return time.perf_counter() - start, env.cr.sql_log_count - before, result


def prepare(env):
    """Return a rule in force and a stage full of leads that do not keep it."""
    stage = env["crm.stage"].create({"name": "Load", "sequence": -9})
    field = env["ir.model.fields"]._get("crm.lead", "partner_id")
    env["crm.standard"].search([]).write({"state": "retired"})
    vals = {"name": "Know him", "kind": "enter", "strength": "record"}
    vals |= {"stage_ids": [(6, 0, stage.ids)], "field_ids": [(6, 0, field.ids)]}
    standard = env["crm.standard"].create({"name": "Load", "rule_ids": [(0, 0, vals)]})
    standard.action_put_in_force()
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO crm_lead (name, type, stage_id, logged_stage_id, won_status, logged_outcome,
                              active, user_id, create_date, write_date)
        SELECT 'Deal ' || n, 'opportunity', %(stage)s, %(stage)s, 'pending', 'pending',
               TRUE, %(user)s, now(), now()
          FROM generate_series(1, %(count)s) AS n
        """,
        {"stage": stage.id, "user": env.ref("base.user_admin").id, "count": LEADS},
    )
    env.cr.execute(
        """
        INSERT INTO crm_standard_transition (lead_id, lead_name, date, stage_to_id, outcome_to,
                                             origin, finding_count)
        SELECT id, name, now() + interval '1 second', stage_id, 'pending', 'person', 0
          FROM crm_lead WHERE stage_id = %s
        """,
        [stage.id],
    )
    env.cr.execute("ANALYZE crm_lead; ANALYZE crm_standard_transition")
    env.cr.execute("SELECT id FROM crm_lead WHERE stage_id = %s ORDER BY id", [stage.id])
    return standard.rule_ids, stage, [row[0] for row in env.cr.fetchall()]


def breaches_of(rule, stage, leads):
    return [
        Breach(rule.id, lead, None, stage.id, ("partner_id",), "passed", rule.env.uid)
        for lead in leads
    ]


def bare_insert(env, violations):
    """Return the seconds of copying finished rows inside the database."""
    names = [n for n, f in violations._fields.items() if f.store and f.column_type and n != "id"]
    columns = ", ".join(f'"{name}"' for name in names)
    env.cr.execute("CREATE TEMP TABLE bare (LIKE crm_standard_violation INCLUDING ALL)")
    return measured(
        env,
        lambda: env.cr.execute(
            f"INSERT INTO bare (id, {columns}) SELECT id, {columns} FROM crm_standard_violation"
            " WHERE id = ANY(%s)",
            [violations.ids],
        ),
    )[0]


def main(env):
    """Measure, print, and fail if a limit is not kept."""
    rule, stage, leads = prepare(env)
    register = env["crm.standard.violation"]
    register._record_breaches(breaches_of(rule, stage, leads[:1]), UNLOGGED)  # fills the caches

    def record(some):
        return measured(
            env, lambda: register._record_breaches(breaches_of(rule, stage, some), UNLOGGED)
        )

    _time, few, _found = record(leads[1 : 1 + FEW])
    seconds, many, found = record(leads[1 + FEW : 1 + FEW + MANY])
    floor = bare_insert(env, found)
    logic = next(r for r in env["crm.standard"]._get_rulebook() if r.id == rule.id)
    commits = []
    audit, statements, _done = measured(
        env,
        lambda: env["crm.standard.kept.fields"]._audit_rule(
            logic, lambda *_args: commits.append(1) or 1
        ),
    )
    # those entered above are another matter: they broke the rule on their way
    found_by_audit = register.search_count([("rule_id", "=", rule.id)]) - 1 - FEW - MANY
    figures = {
        "leads": LEADS,
        "statements to record 100": few,
        "statements to record 5,000": many,
        "record 5,000, times a bare INSERT": round(seconds / floor, 1),
        "record 5,000, ms": round(seconds * 1000),
        "audit, s": round(audit, 1),
        "audit, statements": statements,
        "audit, batches": len(commits),
        "audit, leads found": found_by_audit,
    }
    print(json.dumps(figures))
    if found_by_audit != LEADS:
        raise AssertionError(f"the audit found {found_by_audit} leads")
    if statements > AUDIT_STATEMENTS + BATCH_STATEMENTS * (len(commits) - 1):
        raise AssertionError(f"{statements} statements to audit a rule over {LEADS} leads")
    if many > few + 2:
        raise AssertionError(f"{many} statements for {MANY} breaches, {few} for {FEW}")
    if seconds > LIMIT * floor:
        raise AssertionError(f"{seconds / floor:.1f} times a bare INSERT, the limit is {LIMIT}")


main(env)
