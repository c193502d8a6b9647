"""Decide about 10,000 contacts: the number of statements for 1,000 does not depend on how many.

Run inside Odoo's shell on a database with crm_surveys. A trigger notices 10,000 contacts and
decides about them in batches, under budgets by contact and by company, with opt-outs, blacklists
and twins among them. Prints one JSON object: statements for noticing all, the fewest and the most
for a batch of 1,000, and milliseconds of processor time for a contact.
"""

import json
import time

CONTACTS = 10_000
BATCH = 1_000
#: Batches may differ by so many statements: the first reads what the next find in the cache.
MOST_DIFFERENCE = 10
FIRST = ("0001-01-01 00:00:00", 0)


def fill(env):
    """Make a trigger over contacts, and contacts that have come to its condition."""
    survey = env["survey.survey"].create({"title": "Load", "survey_type": "crm_satisfaction"})
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    trigger = env["crm.survey.trigger"].create(
        {
            "name": "Load",
            "survey_id": survey.id,
            "model_id": env["ir.model"]._get_id("res.partner"),
            "goal_domain": "[('ref', '=', 'load')]",
            "sample_percent": 90,
            "delay": 0,
            "second_channel": "sms",
            **{f"is_on_{day}": True for day in days},
        }
    )
    trigger.action_start()
    firms = env["res.partner"].create(
        [{"name": f"Load {number}", "is_company": True} for number in range(CONTACTS // 20)]
    )
    env["res.partner"].create(
        [
            {
                "name": f"Load {number}",
                "ref": "load",
                "parent_id": firms[number % len(firms)].id,
                # each fiftieth has the address of another
                "email": f"load{number - (number % 50 == 1)}@load.example.com",
                "phone": f"+4930{100000 + number}",
                "has_survey_opt_out": number % 40 == 0,
            }
            for number in range(CONTACTS)
        ]
    )
    blocked = [{"email": f"load{number}@load.example.com"} for number in range(7, CONTACTS, 500)]
    env["mail.blacklist"].create(blocked)
    env["crm.survey.budget"].create({"scope": "company", "maximum": 5, "days": 90})
    env.flush_all()
    return trigger


def count(env, deed):
    """Return what a deed gives, its statements, and seconds of processor time."""
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.process_time()
    result = deed()
    env.flush_all()
    return result, env.cr.sql_log_count - before, time.process_time() - start


def main(env):
    trigger = fill(env)
    events = env["crm.survey.trigger.event"]
    _nothing, noticing, _seconds = count(env, trigger._notice)
    last, statements, seconds = FIRST, [], 0.0
    while batch := events._claim(last, BATCH):
        last = batch[-1].date_due, batch[-1].id
        _nothing, done, spent = count(env, batch._settle)
        statements.append(done)
        seconds += spent
    invitations = env["crm.survey.invitation"].search([("trigger_id", "=", trigger.id)])
    figures = {
        "contacts": len(invitations),
        "reasons": len(set(invitations.mapped("reason"))),
        "noticing": noticing,
        "for_1000_fewest": min(statements),
        "for_1000_most": max(statements),
        "ms_each": round(1000 * seconds / CONTACTS, 2),
    }
    figures["within_limit"] = (
        len(invitations) == CONTACTS and max(statements) - min(statements) <= MOST_DIFFERENCE
    )
    print(json.dumps(figures))
    env.cr.rollback()
    if not figures["within_limit"]:
        raise SystemExit(1)


main(env)
