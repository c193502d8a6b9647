"""What happens once, when the add-on comes.

When it is removed the articles stay, as articles like all others.
"""

from odoo.api import Environment


def post_init_hook(env: Environment) -> None:
    """Make articles of the standards that are in force already."""
    env["crm.standard"].search([("state", "=", "in_force")])._follow_articles()
