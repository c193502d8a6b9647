from odoo import api, models

from ..common.crm_standard_health import Problem


class CrmStandardHealth(models.AbstractModel):
    """What of the norms of contacts and of losses cannot be applied."""

    _inherit = "crm.standard.health"

    @api.model
    def _find_problems(self):
        problems = super()._find_problems()
        area = self.env._("Contacts and Losses")
        for model in (
            "crm.standard.contact.norm",
            "crm.standard.contact.limit",
            "crm.standard.loss",
        ):
            parts = self._search_law(model)
            problems += [
                Problem(
                    area,
                    model,
                    part.id,
                    f"{part.standard_id.display_name}, {part.name}: {part.problem}",
                )
                for part in parts
                if part.problem
            ]
        return problems
