from odoo import models


class CrmStandardRule(models.Model):
    """A rule can be tried on the moves of the past before it is switched on."""

    _inherit = "crm.standard.rule"

    def action_try_on_history(self):
        """Open the question over which period to try this rule."""
        self.ensure_one()
        return self.standard_id._ask_for_period(self)

    def _get_unprovable_demands(self) -> list[str]:
        """Hook: return in words what the rule asks besides fields and history does not keep.

        Approvals, checklists, documents: the dry run names them instead of guessing.
        """
        self.ensure_one()
        return []
