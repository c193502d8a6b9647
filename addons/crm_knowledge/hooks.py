"""What happens once, when the add-on is removed."""

from odoo.api import Environment


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
