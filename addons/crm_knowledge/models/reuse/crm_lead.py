from odoo import models

from ...logic.text import strip_html


class CrmLead(models.Model):
    """An opportunity asks in its own words: its name, what the customer wrote, its stage."""

    _name = "crm.lead"
    _inherit = ["crm.knowledge.askable", "crm.lead"]

    def _get_knowledge_texts(self):
        return [self.name, strip_html(self.description), *self._get_customer_messages()]

    def _get_knowledge_links(self):
        return {
            "stage_ids": self.stage_id.ids,
            "lost_reason_ids": self.lost_reason_id.ids,
            "partner_category_ids": (
                self.partner_id.category_id | self.partner_id.commercial_partner_id.category_id
            ).ids,
        }

    def _get_knowledge_customer(self):
        return self.partner_id

    def _get_knowledge_team(self):
        return self.team_id or super()._get_knowledge_team()

    def _get_knowledge_lang(self):
        return self.lang_code or super()._get_knowledge_lang()

    def _get_knowledge_variables(self):
        variables = super()._get_knowledge_variables()
        variables["customer"] = variables["customer"] or self.contact_name or ""
        variables["customer_company"] = variables["customer_company"] or self.partner_name or ""
        return variables
