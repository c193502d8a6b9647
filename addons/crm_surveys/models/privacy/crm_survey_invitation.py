from odoo import models


class CrmSurveyInvitation(models.Model):
    """An invitation forgets whom it went to; that it was decided, and why not sent, stays."""

    _inherit = "crm.survey.invitation"

    def _forget_person(self):
        """Empty what names the person. For the owner of the answers only."""
        for queue in ("mail.mail", "sms.sms"):
            # sudo: queues are for administrators; what is left there names him, and has his link
            left = self.env[queue].sudo()
            left.search([("crm_survey_invitation_id", "in", self.ids)]).unlink()
        return self._sealed_write(self._prepare_forgotten())

    def _prepare_forgotten(self):
        """Hook: return the values of an invitation that names nobody."""
        return {
            "partner_id": False,
            "commercial_partner_id": False,
            "res_model": False,
            "res_id": False,
            "note": False,
        }
