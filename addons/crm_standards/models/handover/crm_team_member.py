from odoo import models

from .res_users_handover import archiving


class CrmTeamMember(models.Model):
    """Who leaves a team leaves work behind there: it is listed for the team's leader."""

    _inherit = "crm.team.member"

    def write(self, vals):
        leaving = []
        if "active" in vals and not vals["active"]:
            leaving = self._get_leaving()
        result = super().write(vals)
        self._prepare_handovers(leaving)
        return result

    def unlink(self):
        leaving = self._get_leaving()
        result = super().unlink()
        self._prepare_handovers(leaving)
        return result

    def _get_leaving(self):
        """Return person and team of the memberships that are alive.

        Nobody while people are archived: then all their work is listed, not only that of a team.
        """
        if archiving.get():
            return []
        alive = self.filtered(lambda member: member.active and member.user_id.active)
        return [(member.user_id, member.crm_team_id) for member in alive]

    def _prepare_handovers(self, leaving) -> None:
        """Prepare the hand-over of the work that was left behind in the teams."""
        for user, team in leaving:
            self.env["crm.standard.handover"]._prepare_for(user, team)
