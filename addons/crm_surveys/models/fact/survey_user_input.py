from odoo import models

from ...logic import invitation as logic


class SurveyUserInput(models.Model):
    """The one place where a response is begun and finished: invitations and facts follow."""

    _inherit = "survey.user_input"

    def _mark_in_progress(self):
        result = super()._mark_in_progress()
        # sudo: the customer who answers has no right on invitations
        self.sudo().invitation_id._move(logic.STARTED)
        return result

    def _mark_done(self):
        # a response is finished once; a second click changes nothing
        finished = self - self._get_recorded()
        result = super(SurveyUserInput, finished)._mark_done()
        real = finished.filtered(lambda response: not response.test_entry)
        # sudo: the customer who answers has no right on invitations and facts
        real.sudo().invitation_id._move(logic.FINISHED)
        # sudo: as above
        self.env["crm.survey.fact"].sudo()._record(real)
        return result
