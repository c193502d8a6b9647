"""What happens once, when the add-on is removed."""

from odoo.api import Environment


def uninstall_hook(env: Environment) -> None:
    """Take along the names core gives to choices of fields our models have from its mixins.

    Core registers them under its own add-ons, and would leave them behind without their choices.
    Surveys of our type need nothing here: the choice itself says that they become custom ones, so
    that core's survey users find them, with all their questions and answers.
    """
    names = env["ir.model.data"].search(
        [
            ("module", "in", ["mail", "phone_validation"]),
            ("model", "=", "ir.model.fields.selection"),
            ("name", "=like", "selection\\_\\_crm\\_survey\\_%"),
        ]
    )
    names.unlink()
