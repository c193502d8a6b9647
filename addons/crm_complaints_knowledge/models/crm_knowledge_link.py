from odoo import api, models
from odoo.tools import SQL


class CrmKnowledgeLink(models.Model):
    """Closed complaints: with an article or without, how long they took, whether they came back."""

    _inherit = "crm.knowledge.link"
    _depends = {
        "crm.complaint": ["date_received", "date_closed", "user_id", "team_id", "company_id"],
        "crm.complaint.link": ["kind", "other_id"],
    }

    @api.model
    def _get_sources(self):
        return {
            **super()._get_sources(),
            "crm.complaint": SQL(
                """
                SELECT id AS res_id, date_received AS date_begun, date_closed, user_id, team_id,
                       company_id, CASE WHEN EXISTS (
                           SELECT FROM crm_complaint_link AS again
                            WHERE again.other_id = crm_complaint.id AND again.kind = 'repeat')
                           THEN 0 ELSE 1 END AS success
                  FROM crm_complaint WHERE date_closed IS NOT NULL
                """
            ),
        }
