from odoo import models

from ..privacy.survey_user_input import ERASED


class SurveyUserInput(models.Model):
    """Anonymizing takes the person out of what followed from the answer, too."""

    _inherit = "survey.user_input"

    def _erase_words(self):
        result = super()._erase_words()
        # sudo: all that was written about the person goes, whoever sees it
        followups = self.env["crm.survey.followup"].sudo()
        followups = followups.search([("fact_id.user_input_id", "in", self.ids)])
        self._erase_messages(followups)
        followups.activity_ids.unlink()  # they keep the name, and nobody can be talked to any more
        followups.filtered("result")._write_facts({"result": ERASED})
        followups.flush_recordset()  # anonymizing forgets what is not in the database
        return result
