"""What happens once, when the add-on is removed."""

from odoo.api import Environment

from odoo.addons.crm_knowledge.hooks import forget_askable

from .models.crm_knowledge_use import SECRET


def uninstall_hook(env: Environment) -> None:
    """Take along which articles were used on responses and follow-ups.

    Without the add-on they would be shown to whoever sees all other uses.
    """
    env["crm.knowledge.use"].search([("res_model", "in", SECRET)])._sealed_unlink()
    forget_askable(env, *SECRET)
