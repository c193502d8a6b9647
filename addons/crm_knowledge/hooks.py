"""What happens once, when the add-on is removed."""

import logging

from odoo.api import Environment

_logger = logging.getLogger(__name__)


def post_init_hook(env: Environment) -> None:
    """Say what search lacks on this installation; the settings say it as well."""
    for lacking in env["crm.knowledge.index"]._get_shortcomings():
        _logger.info("Knowledge search: %s", lacking)


def uninstall_hook(env: Environment) -> None:
    """Take along the names core gives to choices of fields our models have from its mixins.

    Core registers them under its own add-ons, and would leave them behind without their choices.
    """
    names = env["ir.model.data"].search(
        [
            ("module", "in", ["mail", "phone_validation", "portal", "html_editor"]),
            ("model", "=", "ir.model.fields.selection"),
            ("name", "=like", "selection\\_\\_crm\\_knowledge\\_%"),
        ]
    )
    names.unlink()
    # written without a name of ours when somebody has changed the setting
    env["ir.config_parameter"].search([("key", "=like", "crm\\_knowledge.%")]).unlink()


def forget_askable(env: Environment, *names: str) -> None:
    """Take along that models could ask: a bridge that let them calls it when it is removed.

    Core files it under this add-on, since the mixin is written in several parts, and would leave
    it behind.
    """
    env["ir.model.inherit"].search(
        [("parent_id.model", "=", "crm.knowledge.askable"), ("model_id.model", "in", names)]
    ).unlink()
