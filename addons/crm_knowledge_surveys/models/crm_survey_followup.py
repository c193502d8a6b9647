from odoo import models


class CrmSurveyFollowup(models.Model):
    """Whoever follows up an answer asks with the words of its customer."""

    _name = "crm.survey.followup"
    _inherit = ["crm.knowledge.askable", "crm.survey.followup"]

    def _get_knowledge_texts(self):
        return [self.words, self.cause_id.name, *self._get_customer_messages()]

    def _get_knowledge_links(self):
        categories = self.partner_id.category_id | self.partner_id.commercial_partner_id.category_id
        return {"partner_category_ids": categories.ids}

    def _get_knowledge_customer(self):
        return self.partner_id

    def _get_knowledge_team(self):
        return self.team_id or super()._get_knowledge_team()

    def _get_knowledge_variables(self):
        variables = super()._get_knowledge_variables()
        return {**variables, "record": self.survey_id.title or ""}

    def _get_capture_texts(self):
        title, question, answer = super()._get_capture_texts()
        return title, self.words or question, answer or self.result or ""

    def _get_private_names(self):
        # sudo: a name is taken out also where the writer may not open the user
        rated = self.sudo().rated_user_id.name
        return [*super()._get_private_names(), *filter(None, [rated])]
