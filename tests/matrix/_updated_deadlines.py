"""Look at deadlines after the update; run inside Odoo's shell.

Prints one JSON object: by id of each deadline, its state and due time, what its ledger replays to,
and the version it names; and the versions of each policy.
"""

import json

clocks = env["crm.deadline.clock"].search([], order="id")
policies = env["crm.deadline.policy"].search([("name", "in", ["First answer", "Never used"])])
print(
    json.dumps(
        {
            "stored": {clock.id: [clock.state, str(clock.date_due)] for clock in clocks},
            "replayed": [clock._replay() == clock._get_state() for clock in clocks],
            "terms": [[clock.version_id.number, clock.version_id.term_amount] for clock in clocks],
            "unnamed": env["crm.deadline.event"].search_count([("version_id", "=", False)]),
            "versions": {
                policy.name: [
                    [version.number, version.term_amount, version.warning_amount]
                    for version in policy.version_ids.sorted("number")
                ]
                for policy in policies
            },
        }
    )
)
