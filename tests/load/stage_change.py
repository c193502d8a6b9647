"""What fifty rules of every kind cost, against Odoo without the gate, in the same run.

The floor is measured by taking our three doors (create, write, compute) out of the lead's class for
the time of a deed; the database, the leads and the caches are the same. Statements are exact. CPU
is that of this process: two leads that are alike move in turn, one with and one without the gate,
and the ratio is the median of the ratios of such pairs, since machines grow slower and faster.

Sizes are smaller than in production, so that the run takes a minute; each deed runs at two sizes,
and what the gate adds must not grow with the size. `LEADS=10000 BIRTHS=20000` runs the full sizes.
"""

import json
import os
import time
from contextlib import contextmanager
from functools import partial
from operator import truediv
from statistics import median

LEADS = int(os.environ.get("LEADS", "300"))
BIRTHS = int(os.environ.get("BIRTHS", "300"))
MOVES = 200
DOORS = ("create", "write", "_compute_field_value")


@contextmanager
def without_the_gate():
    """Take our own doors out: what is left is Odoo."""
    from odoo.addons.crm_standards.models.gate.crm_lead import CrmLead

    doors = {name: CrmLead.__dict__[name] for name in DOORS}
    for name in DOORS:
        delattr(CrmLead, name)
    try:
        yield
    finally:
        for name, door in doors.items():
            setattr(CrmLead, name, door)


def cost(deed):
    """Return the statements and the CPU seconds of a deed, saving included."""
    env.flush_all()
    env.cr.flush()
    env.invalidate_all()
    statements, started = env.cr.sql_log_count, time.process_time()
    deed()
    env.flush_all()
    env.cr.flush()
    return env.cr.sql_log_count - statements, time.process_time() - started


def make_rules(stages):
    """Put fifty rules in force that speak to every lead of these stages, none of them broken."""
    get = env["ir.model.fields"]._get
    everywhere = [(6, 0, stages.ids)]
    names = ("expected_revenue", "email_from", "phone", "date_deadline", "name", "type", "user_id")
    plan = env["mail.activity.plan"].create(
        {
            "name": "Steps",
            "res_model": "crm.lead",
            "company_id": False,
            "template_ids": [(0, 0, {"summary": str(number)}) for number in range(4)],
        }
    )
    role = env["crm.standard.role"].create({"name": "Role", "user_ids": [(6, 0, [env.uid])]})
    document = env["crm.standard.document.kind"].create({"name": "x", "name_pattern": "*x*"})
    activity = env.ref("mail.mail_activity_data_call")
    policy = env["crm.deadline.policy"].create({"name": "Week", "term_amount": 5})
    fields_filled = [
        {"kind": kind, "field_ids": [(6, 0, get("crm.lead", names[number % 7]).ids)]}
        for kind, count in (("enter", 14), ("leave", 9))
        for number in range(count)
    ]
    conditions = [
        {"requirement_kind": "condition", "condition": f"[('expected_revenue', '>', {number})]"}
        for number in range(4)
    ]
    narrowed = [
        {
            "field_ids": [(6, 0, get("crm.lead", "phone").ids)],
            "domain": f"[('expected_revenue', '>', {number}), ('type', '=', 'opportunity')]",
        }
        for number in range(8)
    ]
    looked_up = [
        *({"requirement_kind": "activity", "activity_type_id": activity.id} for _n in range(4)),
        *({"requirement_kind": "checklist", "plan_id": plan.id} for _n in range(3)),
        *({"requirement_kind": "document", "document_kind_id": document.id} for _n in range(3)),
        *({"requirement_kind": "approval", "role_id": role.id} for _n in range(2)),
    ]
    looked_up = [{**vals, "strength": "advise"} for vals in looked_up]  # judged, but not met
    others = [
        {"kind": "transition", "next_stage_ids": everywhere},
        {"kind": "begin"},
        {"kind": "time_limit", "policy_id": policy.id, "strength": "record"},
    ]
    rules = [
        {"name": f"Rule {number}", "strength": "block", "stage_ids": everywhere, **vals}
        for number, vals in enumerate(fields_filled + conditions + narrowed + looked_up + others)
    ]
    assert len(rules) == 50, len(rules)
    standard = env["crm.standard"].create(
        {"name": "Fifty rules", "rule_ids": [(0, 0, vals) for vals in rules]}
    )
    standard.action_put_in_force()
    assert len(env["crm.standard"]._get_rulebook()) == 50


def make_leads(count, stage):
    """Create leads that keep every blocking rule."""
    values = {"type": "opportunity", "stage_id": stage.id, "expected_revenue": 50, "phone": "1"}
    values |= {"email_from": "a@example.com", "date_deadline": "2026-12-01", "user_id": env.uid}
    return env["crm.lead"].create([{"name": f"Deal {number}", **values} for number in range(count)])


def move(leads, stage):
    """Write the stage; a batch with core's tracking, as people do it."""
    leads.write({"stage_id": stage.id})


def measure_one(leads, stages):
    """Return figures of single moves, the floor and ours in turn."""
    floor, ours = [], []
    # a probability that core computes may differ, and then core has more to do for one of the two
    leads[-2:].probability = 40
    for number in range(MOVES):
        stage = stages[1 + number % 2]
        with without_the_gate():
            floor.append(cost(partial(move, leads[-2], stage)))
        ours.append(cost(partial(move, leads[-1], stage)))
    counts, cpu = zip(*ours[4:], strict=True)  # the first ones fill caches
    floor_counts, floor_cpu = zip(*floor[4:], strict=True)
    return {
        "one_statements_more": median(counts) - median(floor_counts),
        "one_cpu_ms": round(median(cpu) * 1000, 2),
        "one_floor_cpu_ms": round(median(floor_cpu) * 1000, 2),
        "one_cpu_ratio": round(median(map(truediv, cpu, floor_cpu)), 3),
    }


def measure_batches(leads, stages):
    """Return figures of batches at two sizes; a lead's first move costs less, so all are new."""
    figures, start = {}, 0
    for name, size in (("half", LEADS // 2), ("full", LEADS)):
        mine, others = leads[start : start + size], leads[start + size : start + 2 * size]
        start += 2 * size
        with without_the_gate():
            floor, floor_cpu = cost(partial(move, mine, stages[1]))
        ours, cpu = cost(partial(move, others, stages[1]))
        figures |= {
            f"batch_{name}_statements": ours,
            f"batch_{name}_floor_statements": floor,
            f"batch_{name}_ratio": round(ours / floor, 3),
            f"batch_{name}_cpu_ratio": round(cpu / floor_cpu, 3),
        }
    return figures


def measure_births(stages):
    """Return figures of creation at two sizes."""
    figures = {}
    for name, size in (("half", BIRTHS // 2), ("full", BIRTHS)):
        with without_the_gate():
            floor, floor_cpu = cost(partial(make_leads, size, stages[0]))
        ours, cpu = cost(partial(make_leads, size, stages[0]))
        figures |= {
            f"create_{name}_ratio": round(ours / floor, 3),
            f"create_{name}_statements": ours,
            f"create_{name}_floor_statements": floor,
            f"create_{name}_cpu_ratio": round(cpu / floor_cpu, 3),
        }
    return figures


env = env(user=env.ref("base.user_admin").id)  # a person, not a machine
env["crm.standard"].search([]).write({"state": "retired"})
pipeline = env["crm.stage"].create([{"name": name, "sequence": -9} for name in "ABC"])
some_leads = make_leads(3 * LEADS + 2, pipeline[0])
make_rules(pipeline)
result = {
    "leads": LEADS,
    "births": BIRTHS,
    **measure_one(some_leads, pipeline),
    **measure_batches(some_leads, pipeline),
    **measure_births(pipeline),
}
print(json.dumps(result))
env.cr.rollback()
assert result["one_statements_more"] <= 2
assert result["one_cpu_ratio"] <= 1.15  # the goal is 1.10; 1.10 to 1.12 was measured
assert result["batch_full_ratio"] <= 1.05
assert result["create_full_ratio"] <= 1.05
