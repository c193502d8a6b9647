"""What happens once, when the add-on is removed."""

from odoo.api import Environment

from odoo.addons.crm_knowledge.hooks import forget_askable


def uninstall_hook(env: Environment) -> None:
    """Take along which articles were used on complaints.

    Without the add-on nobody could tell the use on a confidential complaint from any other.
    """
    env["crm.knowledge.use"].search([("res_model", "=", "crm.complaint")])._sealed_unlink()
    forget_askable(env, "crm.complaint")
