from odoo import models

from ..privacy.survey_user_input import ERASED

#: What employees and managers wrote about an answer, often by quoting it.
WORDS = ("appeal", "decision", "lift_words")


class SurveyUserInput(models.Model):
    """Anonymizing takes the person out of appeals and decisions about the answer, too."""

    _inherit = "survey.user_input"

    def _erase_words(self):
        result = super()._erase_words()
        # sudo: all that was written about the person goes, whoever sees it
        exclusions = self.env["crm.survey.exclusion"].sudo()
        exclusions = exclusions.search([("fact_id.user_input_id", "in", self.ids)])
        self._erase_messages(exclusions)
        for exclusion in exclusions:
            exclusion._sealed_write({name: ERASED for name in WORDS if exclusion[name]})
        exclusions.flush_recordset()  # anonymizing forgets what is not in the database
        return result
