from odoo import models


class CrmComplaint(models.Model):
    """What the 8D report says under each of its eight disciplines."""

    _inherit = "crm.complaint"

    def _get_eight_d(self):
        """Hook: return what the report shows, under the reader's rights."""
        self.ensure_one()
        actions = self.action_ids.filtered(lambda action: action.state != "cancelled")
        by_kind = {
            kind: actions.filtered(lambda action, kind=kind: action.kind == kind)
            for kind in ("containment", "corrective", "preventive")
        }
        return {
            "team": self._get_eight_d_team(actions),
            "actions": by_kind,
            "carried_out": by_kind["corrective"].filtered("date_done"),
            "checks": actions.check_ids.sorted("date"),
            "drawing": self.ishikawa if self.suspect_ids else None,
        }

    def _get_eight_d_team(self, actions):
        """Return who worked on it, each once, with what he did: (name, part) pairs."""
        people = [
            (self.user_id, self.env._("Responsible")),
            (self.team_id.user_id, self.env._("Leader of the team")),
            *((user, self.env._("Confirmed a cause")) for user in self.cause_share_ids.user_id),
            *((user, self.env._("Owner of an action")) for user in actions.user_id),
        ]
        team = {}
        for user, part in people:
            if user:
                team.setdefault(user, []).append(part)
        # sudo: the names of colleagues are no secret to whoever reads the complaint
        return [(user.sudo().name, ", ".join(parts)) for user, parts in team.items()]
