from odoo import models


class SurveyUserInput(models.Model):
    """A response asks with what its customer has written in it.

    Rules of crm_surveys keep anonymous responses from everybody, and so from this as well.
    """

    _name = "survey.user_input"
    _inherit = ["crm.knowledge.askable", "survey.user_input"]

    def _get_knowledge_texts(self):
        return [*self._get_words(), *self._get_customer_messages()]

    def _get_words(self):
        """Return what was written, answer by answer."""
        texts = (line.value_text_box or line.value_char_box for line in self.user_input_line_ids)
        return [text for text in texts if text]

    def _get_knowledge_links(self):
        categories = self.partner_id.category_id | self.commercial_partner_id.category_id
        return {"partner_category_ids": categories.ids}

    def _get_knowledge_customer(self):
        return self.partner_id

    def _get_knowledge_team(self):
        return self.rated_team_id or super()._get_knowledge_team()

    def _get_knowledge_lang(self):
        return self.partner_id.lang or self.lang_id.code or super()._get_knowledge_lang()

    def _get_knowledge_variables(self):
        variables = super()._get_knowledge_variables()
        # what a response is called says which survey it is, and customers know it by its title
        return {**variables, "record": self.survey_id.title or ""}

    def _get_knowledge_thread(self):
        """Return the follow-up, which is where customers are written to; responses are facts."""
        followups = self.env["crm.survey.followup"]
        if followups.has_access("write"):
            followups = followups.search([("fact_id.user_input_id", "in", self.ids)])
        return followups.filtered(lambda one: one.has_access("write"))[:1]

    def _get_capture_texts(self):
        title, question, answer = super()._get_capture_texts()
        return title, "\n".join(self._get_words()) or question, answer

    def _get_private_names(self):
        # sudo: a name is taken out also where the writer may not open the contact
        response = self.sudo()
        people = [response.rated_user_id.name, response.nickname, response.email]
        return [*super()._get_private_names(), *filter(None, people)]
