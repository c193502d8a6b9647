from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmKpiFunnel(models.Model):
    """Where opportunities stand now: how many, how much, and for how long already."""

    _inherit = "crm.kpi.funnel"

    def _get_stages(self, domain):
        """Return rows of open opportunities by stage, in the order of the stages.

        :param domain: whose opportunities; the caller has decided that the user may see it
        """
        query = self.env["crm.lead"]._search(
            Domain("type", "=", "opportunity")
            & Domain("won_status", "=", "pending")
            & self.company_id._get_kpi_lead_domain()
            & Domain(domain)
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead.stage_id, COUNT(*), COALESCE(SUM(lead.expected_revenue), 0)::float8,
                       AVG(EXTRACT(EPOCH FROM %(now)s::timestamp
                           - COALESCE(lead.date_last_stage_update, lead.create_date)) / 86400
                       )::float8
                  FROM crm_lead AS lead
                 WHERE lead.id IN %(leads)s AND lead.stage_id IS NOT NULL
              GROUP BY lead.stage_id
                """,
                now=self.env.cr.now(),
                leads=query.subselect(),
            )
        )
        found = {stage: row for stage, *row in rows}
        stages = self.env["crm.stage"].browse(found).sorted(lambda one: (one.sequence, one.id))
        total = sum(count for count, _amount, _days in found.values())
        return [
            {
                "id": stage.id,
                "name": stage.name,
                "count": found[stage.id][0],
                "amount": found[stage.id][1],
                "days": round(found[stage.id][2] or 0, 1),
                "percent": round(100 * found[stage.id][0] / total, 1),
            }
            for stage in stages
        ]
