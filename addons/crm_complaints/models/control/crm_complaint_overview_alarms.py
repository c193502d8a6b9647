from odoo import api, models
from odoo.fields import Domain

#: Alarms of each kind on the page; the lists have all of them.
ALARMS = 5


class CrmComplaintOverview(models.AbstractModel):
    """What goes on now and should be looked at: sudden rises and bottlenecks, as one may see."""

    _inherit = "crm.complaint.overview"

    @api.model
    def _get_alarms(self, team):
        """Return the open incidents and bottlenecks, each with what to open.

        Incidents are about a thing, not about a team: they are shown whichever is chosen.
        """
        return [*self._get_incidents(), *self._get_bottlenecks(team)]

    @api.model
    def _get_incidents(self):
        found = self.env["crm.complaint.incident"].search([("state", "=", "open")], limit=ALARMS)
        return [
            {
                "key": f"incident-{incident.id}",
                "model": incident._name,
                "id": incident.id,
                "name": incident.subject,
                "detail": self.env._(
                    "%(count)s in %(days)s days, usual %(usual)s",
                    count=incident.case_count,
                    days=incident.day_count,
                    usual=f"{incident.usual_count:.1f}",
                ),
            }
            for incident in found
        ]

    @api.model
    def _get_bottlenecks(self, team):
        going_on = Domain("state", "=", "open") & team
        found = self.env["crm.complaint.signal"].search(going_on, limit=ALARMS)
        return [
            {
                "key": f"bottleneck-{signal.id}",
                "model": signal._name,
                "id": signal.id,
                "name": signal.display_name,
                "detail": self.env._(
                    "%(count)s of %(total)s", count=signal.case_count, total=signal.total_count
                ),
            }
            for signal in found
        ]
