from odoo import api, fields, models
from odoo.tools import format_date

from .crm_kpi_incident import OPEN
from .crm_kpi_watch import COMPANY, PERSON, TEAM

#: More than these nobody reads in five minutes; the list has all of them.
MOST = 100


class CrmKpiIncident(models.Model):
    """The five-minute page: nothing but what is not as it should be, the worst first."""

    _inherit = "crm.kpi.incident"

    @api.model
    def get_page(self):
        """Return open incidents that the user may see, from the company down to people."""
        domain = [("state", "=", OPEN)]
        incidents = self.search_fetch(domain, limit=MOST)
        return {
            "total": self.search_count(domain),
            "shown": len(incidents),
            "late": sum(incident._is_late() for incident in incidents),
            "mine": sum(incident.owner_id == self.env.user for incident in incidents),
            "levels": [
                {"level": level, "incidents": [one._tell_on_page() for one in found]}
                for level in (COMPANY, TEAM, PERSON)
                if (found := incidents.filtered(lambda one, lv=level: one._get_level() == lv))
            ],
        }

    def _get_level(self):
        self.ensure_one()
        if self.user_id:
            return PERSON
        return TEAM if self.team_id else COMPANY

    def _is_late(self):
        today = fields.Date.context_today(self)
        return bool(self.date_deadline and self.date_deadline < today)

    def _tell_on_page(self):
        """Hook: return what the page shows of an incident."""
        # sudo: names of people and teams of an incident that the user may see
        incident = self.sudo()
        return {
            "id": self.id,
            "name": incident.rule_id.name,
            "text": self.text,
            "whose": self.whose,
            "owner": incident.owner_id.name or "",
            "deadline": format_date(self.env, self.date_deadline) if self.date_deadline else "",
            "is_late": self._is_late(),
            "is_mine": self.owner_id == self.env.user,
            "badness": self.badness,
        }
