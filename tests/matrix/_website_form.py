"""Send the real website form to a gated pipeline; run inside Odoo's shell with website_crm.

Prints one JSON object: what the visitor was answered, and what became of the lead.
"""

import json

from werkzeug.test import Client
from werkzeug.wrappers import Response

from odoo.http import root

first, gated = env["crm.stage"].create(
    [{"name": "First", "sequence": -9}, {"name": "Gated", "sequence": -8}]
)
team = env["crm.team"].create({"name": "Site", "use_leads": False})
env["crm.stage"].search([("id", "not in", (first + gated).ids)]).team_ids = team.copy()
env["website"].search([]).crm_default_team_id = team
kind = env["crm.standard.document.kind"].create({"name": "Contract"})
env["crm.standard"].create(
    {
        "name": "Law",
        "rule_ids": [
            (0, 0, {"name": "Paper", "stage_ids": [(6, 0, gated.ids)], **values})
            for values in (
                {"requirement_kind": "document", "document_kind_id": kind.id, "strength": "block"},
                {"kind": "begin", "strength": "block", "stage_ids": [(6, 0, first.ids)]},
            )
        ],
    }
).action_put_in_force()
# the site's builder has allowed the field, the visitor fills it in
field = env["ir.model.fields"]._get("crm.lead", "stage_id")
env["ir.model.fields"].formbuilder_whitelist("crm.lead", ["stage_id"])
field.env["ir.model"]._get("crm.lead").website_form_access = True
env.cr.commit()

answer = Client(root, Response).post(
    "/website/form/crm.lead",
    data={
        "name": "From the site",
        "email_from": "visitor@example.com",
        "contact_name": "Vera Visitor",
        "description": "Please call",
        "stage_id": str(gated.id),
        "logged_outcome": "won",
        "standard_rule_memory": "{}",
    },
)
env.invalidate_all()
env.cr.rollback()
leads = env["crm.lead"].search([("email_from", "=", "visitor@example.com")])
violations = env["crm.standard.violation"].search([("lead_id", "in", leads.ids)])
print(
    json.dumps(
        {
            "status": answer.status_code,
            "text": answer.get_data(as_text=True)[:200],
            "stages": leads.stage_id.mapped("name"),
            "leads": len(leads),
            "effects": violations.mapped("effect"),
            "drift": env["crm.standard.transition"]._find_drift(),
        }
    )
)
