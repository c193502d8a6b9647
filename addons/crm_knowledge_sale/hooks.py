"""What happens once, when the add-on is removed."""

from odoo.api import Environment

from odoo.addons.crm_knowledge.hooks import forget_askable


def uninstall_hook(env: Environment) -> None:
    """Take along that orders could ask."""
    forget_askable(env, "sale.order")
