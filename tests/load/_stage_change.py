"""Count the SQL statements of stage changes; run inside Odoo's shell on any database with crm.

Where the standards are installed, ten rules of every kind are put in force first; on a database
with nothing but Odoo the same work gives the floor. Prints one JSON object: statements by deed.
"""

import json

LEADS = 1000


def counted(env, deed):
    """Return how many statements a deed takes, tracking messages and saving included."""
    env.flush_all()
    env.cr.flush()
    env.invalidate_all()
    before = env.cr.sql_log_count
    deed()
    env.flush_all()
    env.cr.flush()
    return env.cr.sql_log_count - before


def make_stages(env):
    """Return three stages for everybody."""
    return env["crm.stage"].create([{"name": name, "sequence": -9} for name in "ABC"])


def make_leads(env, stage, count, **values):
    """Create leads that keep every rule of :func:`make_rules`."""
    data = {"type": "opportunity", "stage_id": stage.id, "expected_revenue": 5, **values}
    data |= {"email_from": "a@example.com", "phone": "+1 650 555 0100"}
    data["date_deadline"] = "2026-12-01"
    return env["crm.lead"].create([{"name": f"Deal {n}", **data} for n in range(count)])


def make_rules(env, stages):
    """Put ten rules in force that speak to these stages, none of them broken."""
    get_field = env["ir.model.fields"]._get
    policy = env["crm.deadline.policy"].create({"name": "Week", "term_amount": 5})
    enter = [
        {"kind": "enter", "field_ids": [(6, 0, get_field("crm.lead", name).ids)]}
        for name in ("expected_revenue", "email_from", "phone", "date_deadline")
    ]
    leave = [{**vals, "kind": "leave"} for vals in enter[:3]]
    others = [
        {"kind": "transition", "next_stage_ids": [(6, 0, stages.ids)]},
        {"kind": "enter", "field_ids": enter[0]["field_ids"], "domain": "[('phone', '!=', 'x')]"},
        {"kind": "time_limit", "policy_id": policy.id, "strength": "record"},
    ]
    rules = [
        {"name": str(number), "strength": "block", "stage_ids": [(6, 0, stages.ids)], **vals}
        for number, vals in enumerate(enter + leave + others)
    ]
    standard = env["crm.standard"].create(
        {"name": "Ten rules", "rule_ids": [(0, 0, vals) for vals in rules]}
    )
    standard.action_put_in_force()
    return standard


def measure(env):
    """Return the statements of each deed, by its name."""
    stages = make_stages(env)
    user = env.ref("base.user_admin")
    leads = make_leads(env(user=user.id), stages[0], LEADS)
    quiet = leads.with_context(tracking_disable=True)
    if "crm.standard" in env:
        env["crm.standard"].search([]).write({"state": "retired"})
        make_rules(env, stages)
    leads[0].write({"stage_id": stages[1].id})  # fills the caches of views, models and rules
    one, two = leads[1], leads[2]
    return {
        "one": counted(env, lambda: one.write({"stage_id": stages[1].id})),
        "one_quiet": counted(
            env, lambda: two.with_context(tracking_disable=True).write({"stage_id": stages[1].id})
        ),
        "unrelated_field": counted(env, lambda: leads[3].write({"description": "x"})),
        "batch": counted(env, lambda: leads.write({"stage_id": stages[2].id})),
        "batch_quiet": counted(env, lambda: quiet.write({"stage_id": stages[1].id})),
        "create": counted(env, lambda: make_leads(env(user=user.id), stages[0], 200)),
    }


print(json.dumps(measure(env)))
env.cr.rollback()
