"""What happens once, when the add-on is removed."""

from odoo.api import Environment
from odoo.tools import SQL


def uninstall_hook(env: Environment) -> None:
    """Take along what the register says of deadlines of complaints, and the rules about them.

    Without the add-on nobody could tell a violation of a confidential complaint from any other.
    The register refuses deletion to everybody, so it is done below it.
    """
    violations = env["crm.standard.violation"].search([("complaint_deadline", "!=", False)])
    violations.deadline_clock_ids._sealed_unlink()
    for model in ("mail.message", "mail.followers", "mail.activity"):
        field = "model" if model == "mail.message" else "res_model"
        env[model].search(
            [(field, "=", violations._name), ("res_id", "in", violations.ids)]
        ).unlink()
    env.flush_all()
    env.cr.execute(SQL("DELETE FROM crm_standard_violation WHERE id = ANY(%s)", violations.ids))
    env.cr.execute(SQL("DELETE FROM crm_standard_rule WHERE kind = 'complaint'"))
    env.invalidate_all()
