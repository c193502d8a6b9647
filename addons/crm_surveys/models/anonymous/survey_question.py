from odoo import api, models
from odoo.exceptions import UserError


class SurveyQuestion(models.Model):
    """What a question means stays from the first anonymous answer on, let out or not."""

    _inherit = "survey.question"

    @api.constrains("save_as_email", "save_as_nickname", "survey_id")
    def _check_names_nobody(self):
        self.survey_id._check_anonymous()

    def _check_unanswered(self):
        result = super()._check_unanswered()
        # sudo: whether answers wait decides, nobody may see them
        boxed = self.env["crm.survey.boxed"].sudo()
        if boxed.search_count([("survey_id", "in", self.survey_id.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Anonymous answers wait to be let out: what is measured stays. Copy the survey "
                    "and change the copy."
                )
            )
        return result
