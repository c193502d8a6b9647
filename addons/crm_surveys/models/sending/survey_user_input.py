import re

from odoo import api, models

from ..survey.survey_survey import OURS

TOKEN = re.compile(r"[0-9a-zA-Z-]{1,100}")


class SurveyUserInput(models.Model):
    """A response that is begun by one click in the mail."""

    _inherit = "survey.user_input"

    @api.model
    def _find_by_token(self, token):
        """Return the response of a link, in sudo; nothing if there is none of our type."""
        # anything else is no token, and some of it no database takes
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return self.sudo().browse()  # sudo: nothing is in it
        # sudo: the customer has no right on responses; the token says that it is his
        return self.sudo().search(
            [("access_token", "=", token), ("survey_id.survey_type", "=", OURS)], limit=1
        )

    def _take_score(self, score):
        """Save the score chosen in the mail, and finish the survey if it asks nothing else."""
        self.ensure_one()
        survey = self.survey_id
        question = survey._get_score_question()
        if self.state == "new":
            self._mark_in_progress()
        self._save_lines(question, str(score))
        if survey.question_ids == question:
            self._mark_done()
        elif survey.questions_layout == "page_per_question" and survey.question_ids[0] == question:
            # the page goes on with the next question
            self.last_displayed_page_id = question

    def _save_lines(self, question, answer, comment=None, overwrite_existing=True):
        # a score given in the mail stands on the page, too, and may be changed there
        overwrite = overwrite_existing or self.survey_id.survey_type == OURS
        return super()._save_lines(question, answer, comment, overwrite_existing=overwrite)
