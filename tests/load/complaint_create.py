"""Registering complaints in batch with their clocks, beside the bare creation of leads.

Each complaint gets four clocks (three promises and a term of law), its judgements and its line in
the log of moves. The floor is Odoo's own ``crm.lead`` created with the same customer in the same
run. Mail is off for both.
"""

import json
import statistics
import time

COUNT = 500
ROUNDS = 3
LIMIT_QUERIES = 4
LIMIT_RATIO = 2
#: Half of what was measured for helpdesk tickets with their service levels, in CPU milliseconds.
LIMIT_CPU_MS = 8.4


def make_customer(env):
    """Return a consumer under the law with the most terms."""
    return env["res.partner"].create(
        {"name": "Bench", "email": "bench@example.com", "country_id": env.ref("base.ru").id}
    )


def cost_of(env, model, vals):
    """Return the CPU milliseconds and queries that one record of a batch costs."""
    records = env[model].with_context(tracking_disable=True)
    before, begin = env.cr.sql_log_count, time.process_time()
    records.create([{**vals, "name": f"No. {number}"} for number in range(COUNT)])
    env.flush_all()
    cpu = 1000 * (time.process_time() - begin) / COUNT
    return cpu, (env.cr.sql_log_count - before) / COUNT


def measure(env, model, vals):
    """Return the median cost of some rounds; the first fills the caches."""
    cost_of(env, model, vals)
    costs = [cost_of(env, model, vals) for _round in range(ROUNDS)]
    return [statistics.median(figures) for figures in zip(*costs, strict=True)]


def main(env):
    """Measure, check the limits and print the figures."""
    customer = make_customer(env)
    refund = env.ref("crm_complaints.crm_complaint_remedy_refund")
    lead_ms, lead_queries = measure(env, "crm.lead", {"partner_id": customer.id})
    values = {"partner_id": customer.id, "remedy_demanded_id": refund.id, "severity": "medium"}
    complaint_ms, complaint_queries = measure(env, "crm.complaint", values)
    clocks = len(env["crm.complaint"].search([], order="id desc", limit=1).deadline_clock_ids)
    figures = {
        "clocks": clocks,
        "lead_cpu_ms": round(lead_ms, 2),
        "lead_queries": round(lead_queries, 2),
        "complaint_cpu_ms": round(complaint_ms, 2),
        "complaint_queries": round(complaint_queries, 2),
        "ratio": round(complaint_ms / lead_ms, 2),
    }
    print(json.dumps(figures))
    env.cr.rollback()
    assert clocks == 4, figures
    assert complaint_queries <= LIMIT_QUERIES, figures
    assert complaint_ms <= LIMIT_CPU_MS, figures
    assert complaint_ms / lead_ms <= LIMIT_RATIO, figures


main(env)
