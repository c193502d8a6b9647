"""What happens once, when the add-on is installed."""

from odoo.api import Environment


def post_init_hook(env: Environment) -> None:
    """Give every lead that is already there its first line in the transition log.

    Without it the first move of an old lead would look like a birth, and its time in the present
    stage would be unknown. One statement, however many leads there are; another
    dates the deals lost before.
    """
    env["crm.standard.transition"]._log_baseline()
    env["crm.lead"]._date_old_losses()


def uninstall_hook(env: Environment) -> None:
    """Take along the names core gives to choices of fields our models have from its mixins.

    Core registers them under its own add-on, and would leave them behind without their choices.
    """
    names = env["ir.model.data"].search(
        [
            ("module", "=", "mail"),
            ("model", "=", "ir.model.fields.selection"),
            ("name", "=like", "selection\\_\\_crm\\_standard\\_%"),
        ]
    )
    names.unlink()
