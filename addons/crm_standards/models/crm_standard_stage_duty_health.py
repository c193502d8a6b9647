from odoo import api, models
from odoo.fields import Domain

from .crm_standard_health import Problem


class CrmStandardHealth(models.AbstractModel):
    """Stages whose responsible role is played by nobody: their deals go to the leaders."""

    _inherit = "crm.standard.health"

    @api.model
    def _find_problems(self):
        duties = self.env["crm.standard.stage.duty"].search(
            [("standard_id.state", "=", "in_force")]
        )
        area = self.env._("Responsible by stage")
        return super()._find_problems() + [
            Problem(area, duty._name, duty.id, text)
            for duty in duties
            if (text := duty._find_problem())
        ]


class CrmStandardStageDuty(models.Model):
    """What an administrator should mend about a duty."""

    _inherit = "crm.standard.stage.duty"

    def _find_problem(self) -> str:
        """Return who is missing and what happens meanwhile, or an empty text."""
        self.ensure_one()
        names = {
            "standard": self.standard_id.display_name,
            "stage": self.stage_id.name,
            "role": self.role_id.name,
        }
        if not self.role_id.active:
            return self.env._(
                "%(standard)s, %(stage)s: the role “%(role)s” is archived. Choose another one.",
                **names,
            )
        if self.role_id.kind == "people" and not self.role_id.user_ids.filtered("active"):
            return self.env._(
                "%(standard)s, %(stage)s: nobody plays the role “%(role)s”, so its deals go to the"
                " leader of the sales team. Name people in the role.",
                **names,
            )
        if self.role_id.kind == "leader" and (teams := self._find_leaderless_teams()):
            return self.env._(
                "%(standard)s, %(stage)s: no leader in %(teams)s, so their deals go to the owner of"
                " the standard. Name a leader.",
                teams=", ".join(teams.mapped("name")),
                **names,
            )
        return ""

    def _find_leaderless_teams(self):
        """Return the teams that the standard speaks to and nobody leads."""
        domain = Domain("user_id", "=", False)
        if teams := self.standard_id.team_ids:
            domain &= Domain("id", "in", teams.ids)
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return self.env["crm.team"].search(domain)
