from odoo import api, models
from odoo.fields import Domain

from ..common.crm_standard_health import Problem


class CrmStandardHealth(models.AbstractModel):
    """What can be broken in the register of standards."""

    _inherit = "crm.standard.health"

    @api.model
    def _find_problems(self) -> list[Problem]:
        return [
            *super()._find_problems(),
            *self._find_standards_without_version(),
            *self._find_versions_held_up(),
        ]

    @api.model
    def _find_standards_without_version(self) -> list[Problem]:
        """Return the standards that are in force by their state and apply to nobody."""
        today = self.env.cr.now().date()
        standards = self.env["crm.standard"].search(
            Domain("state", "=", "in_force")
            & (Domain("version_id", "=", False) | Domain("date_to", "<", today))
        )
        area = self.env._("Register")
        return [
            Problem(area, standard._name, standard.id, self._describe_standard(standard))
            for standard in standards
        ]

    @api.model
    def _describe_standard(self, standard) -> str:
        if not standard.version_id:
            return self.env._(
                "%(standard)s is in force without a version. Retire it and put it in force again.",
                standard=standard.display_name,
            )
        return self.env._(
            "%(standard)s is in force, but its last day %(date)s has passed: its rules are not"
            " applied. Retire it, or write a version with a later day.",
            standard=standard.display_name,
            date=standard.date_to,
        )

    @api.model
    def _find_versions_held_up(self) -> list[Problem]:
        """Return the approved versions whose day has come and that are not in force."""
        versions = self.env["crm.standard.version"]
        return [
            Problem(
                self.env._("Register"),
                version._name,
                version.id,
                self.env._(
                    "%(version)s is approved and should be in force since %(date)s, but could not"
                    " be applied. Put it in force by hand: the message will say why.",
                    version=version.display_name,
                    date=version.date_from,
                ),
            )
            for version in versions.search(versions._get_due_domain())
        ]
