from odoo import models

from ..common.crm_standard_health import Problem


class CrmStandardHealth(models.AbstractModel):
    """Lines of data-entry standards that are not applied stand on the page of problems."""

    _inherit = "crm.standard.health"

    def _find_problems(self):
        lines = self._search_law("crm.standard.entry")
        area = self.env._("Data entry")
        return super()._find_problems() + [
            Problem(area, line._name, line.id, f"{line._title()}: {line.problem}")
            for line in lines
            if line.problem
        ]
