"""Make deadlines in a database of crm_deadline 19.0.1.0.0; run inside Odoo's shell.

Prints one JSON object: by id of each deadline, its state and due time.
"""

import json
from datetime import datetime

MONDAY = datetime(2026, 3, 2, 8)

lines = [
    (0, 0, {"name": "Day", "dayofweek": str(day), "hour_from": 9, "hour_to": 17})
    for day in range(5)
]
calendar = env["resource.calendar"].create(
    {"name": "Nine to five", "tz": "UTC", "attendance_ids": [(5, 0, 0), *lines]}
)
policy = env["crm.deadline.policy"].create(
    {
        "name": "First answer",
        "term_amount": 8,
        "term_unit": "working_hours",
        "warning_amount": 2,
        "calendar_id": calendar.id,
    }
)
env["crm.deadline.policy"].create({"name": "Never used", "term_amount": 3})
leads = env["crm.lead"].create([{"name": f"Deal {number}"} for number in range(6)])


def start(lead):
    values = {"res_model": "crm.lead", "res_id": lead.id, "kind": "answer"}
    values |= {"policy_id": policy.id, "date_start": MONDAY}
    return env["crm.deadline.clock"]._start([values])


running, paused, resumed, met, missed = (start(lead) for lead in leads[:5])
paused._pause("waiting", MONDAY.replace(hour=10))
resumed._pause("waiting", MONDAY.replace(hour=10))
resumed._resume(MONDAY.replace(hour=12))
met._stop(MONDAY.replace(hour=11))
running._cancel("gone", MONDAY.replace(hour=9))
env["crm.deadline.clock"]._cron_sweep()  # all terms of that day are over long ago
policy.write({"term_amount": 12, "warning_amount": 0})
start(leads[5])
env.cr.commit()
clocks = env["crm.deadline.clock"].search([], order="id")
print(json.dumps({clock.id: [clock.state, str(clock.date_due)] for clock in clocks}))
