from __future__ import annotations

from odoo import api, models

from ..common.crm_standard_health import Problem


class CrmStandardHealth(models.AbstractModel):
    """Deadlines that cannot be counted: working hours that are empty, steps that reach nobody."""

    _inherit = "crm.standard.health"

    @api.model
    def _find_problems(self) -> list[Problem]:
        area = self.env._("Deadlines")
        policies = self.env["crm.deadline.policy"]
        return [
            *super()._find_problems(),
            *(
                Problem(area, policy._name, policy.id, f"{policy.name}: {text}")
                for policy, text in policies._find_problems()
            ),
        ]
