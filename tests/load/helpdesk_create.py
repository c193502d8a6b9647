"""Registering complaints in batch beside tickets of ``helpdesk_mgmt`` with its service levels.

``HELPDESK`` (environment) is a folder that holds the two add-ons ``helpdesk_mgmt`` and
``helpdesk_mgmt_sla`` for Odoo 19; without it nothing is measured, and that is said. They are not
part of this repository, and are installed into the copy the benchmark works on. Both sides have
three clocks for each record, mail is off. Limits: four statements for a complaint, half the CPU.
"""

import json
import os
import statistics
import sys

from odoo.tools import config

import odoo.addons

from tests.load._measure import cpu_of

HELPDESK = os.environ.get("HELPDESK")
COUNT, ROUNDS = 300, 5
LIMIT_STATEMENTS = 4
LIMIT_RATIO = 0.5  # 0.52 and 0.53 were measured


def install(env):
    """Install the tickets; return an environment of the registry that knows them."""
    odoo.addons.__path__.append(os.path.abspath(HELPDESK))
    config["addons_path"] = [*config["addons_path"], os.path.abspath(HELPDESK)]
    env["ir.module.module"].update_list()
    ticket = env["ir.module.module"].search([("name", "=", "helpdesk_mgmt_sla")])
    ticket.button_immediate_install()
    env.transaction.reset()
    return env(user=env.ref("base.user_admin").id)


def make_ticket_values(env):
    """Return a ticket's values, in a team with three service levels."""
    team = env["helpdesk.ticket.team"].create({"name": "Bench", "use_sla": True})
    stage = env["helpdesk.ticket.stage"].search([("closed", "=", True)], limit=1)
    env["helpdesk.sla"].create(
        [
            {"name": f"Level {n}", "team_ids": [(6, 0, team.ids)], "stage_id": stage.id, "days": n}
            for n in (1, 2, 3)
        ]
    )
    return {"team_id": team.id, "description": "<p>x</p>", "partner_id": make_customer(env).id}


def make_customer(env):
    """Return a customer of a country whose law sets no term of its own."""
    return env["res.partner"].create({"name": "Bench", "email": "bench@example.com"})


def cost_of(env, model, vals):
    """Return the CPU milliseconds, here and in the database, and the statements of one record."""
    records = env[model].with_context(tracking_disable=True, mail_create_nosubscribe=True)

    def create():
        records.create([{**vals, "name": f"No. {number}"} for number in range(COUNT)])
        env.flush_all()

    before = env.cr.sql_log_count
    cpu = 1000 * cpu_of(env, create) / COUNT
    return cpu, (env.cr.sql_log_count - before) / COUNT


def measure(env):
    """Return the figures: both in turn, so that both meet the same weather."""
    complaint, ticket = {"partner_id": make_customer(env).id}, make_ticket_values(env)
    costs = []
    for _round in range(ROUNDS + 1):
        ours = cost_of(env, "crm.complaint", complaint)
        theirs = cost_of(env, "helpdesk.ticket", ticket)
        costs.append((*ours, *theirs, ours[0] / theirs[0]))
    ms, statements, ticket_ms, ticket_statements, ratio = map(
        statistics.median, zip(*costs[1:], strict=True)
    )
    last = {"order": "id desc", "limit": 1}
    return {
        "clocks of a complaint": len(env["crm.complaint"].search([], **last).deadline_clock_ids),
        "levels of a ticket": len(env["helpdesk.ticket"].search([], **last).sla_ids),
        "complaint, CPU ms": round(ms, 2),
        "complaint, statements (limit 4)": round(statements, 2),
        "ticket, CPU ms": round(ticket_ms, 2),
        "ticket, statements": round(ticket_statements, 2),
        "CPU, times that of a ticket (limit 0.5)": round(ratio, 2),
    }, (statements > LIMIT_STATEMENTS or ratio > LIMIT_RATIO)


if HELPDESK:
    result, missed = measure(install(env))
    print(json.dumps(result))
    env.cr.rollback()
    sys.exit(missed)
print(json.dumps({"not measured": "HELPDESK names no folder with helpdesk_mgmt"}))
