from odoo import api, models

from ..common.crm_standard_health import Problem


class CrmStandardHealth(models.AbstractModel):
    """Stages whose responsible role is played by nobody: their deals go to the leaders."""

    _inherit = "crm.standard.health"

    @api.model
    def _find_problems(self):
        duties = self._search_law("crm.standard.stage.duty")
        area = self.env._("Responsible by stage")
        return super()._find_problems() + [
            Problem(area, duty._name, duty.id, text)
            for duty in duties
            if (text := duty._find_problem())
        ]
