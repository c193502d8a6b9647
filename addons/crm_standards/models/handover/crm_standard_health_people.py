from __future__ import annotations

from datetime import timedelta

from odoo import api, fields, models

from ..common.crm_standard_health import Problem


class CrmStandardHealth(models.AbstractModel):
    """What stands still about people: records that did not pass, reports that reach nobody."""

    _inherit = "crm.standard.health"

    @api.model
    def _find_problems(self) -> list[Problem]:
        return [
            *super()._find_problems(),
            *self._find_handover_problems(),
            *self._find_safety_problems(),
        ]

    @api.model
    def _find_handover_problems(self) -> list[Problem]:
        """Return hand-overs with records that failed to pass and are still in the giver's hands."""
        area = self.env._("Hand-overs")
        groups = self.env["crm.standard.handover.line"]._read_group(
            [("state", "=", "failed")], ["handover_id"], ["__count"]
        )
        return [
            Problem(
                area,
                handover._name,
                handover.id,
                self.env._(
                    "%(handover)s: %(count)s records did not pass. Open them, mend what the line"
                    " says, and hand the rest over anew.",
                    handover=handover.display_name,
                    count=count,
                ),
            )
            for handover, count in groups
        ]

    @api.model
    def _find_safety_problems(self) -> list[Problem]:
        """Return companies in which nobody is there to be told of mass events."""
        area = self.env._("Base Safety")
        yesterday = fields.Datetime.now() - timedelta(days=2)
        waiting = self.env["crm.standard.safety.event"]._read_group(
            [("is_mass", "=", True), ("is_reported", "=", False), ("date", "<", yesterday)],
            ["company_id"],
            ["__count"],
        )
        return [
            Problem(
                area,
                "res.company",
                company.id,
                self.env._(
                    "%(company)s: %(count)s reports reach nobody. Choose the controller to be told"
                    " in the settings.",
                    company=company.name,
                    count=count,
                ),
            )
            for company, count in waiting
            if company
        ]
