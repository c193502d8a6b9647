from odoo import fields, models


class SmsSms(models.Model):
    """The SMS of an invitation: when the provider has taken or refused it, the invitation knows."""

    _inherit = "sms.sms"

    crm_survey_invitation_id = fields.Many2one(
        "crm.survey.invitation",
        "Invitation to a Survey",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    def _handle_call_result_hook(self, results):
        result = super()._handle_call_result_hook(results)
        for sms in self.filtered("crm_survey_invitation_id"):
            failure = (sms.failure_type or "unknown") if sms.state == "error" else None
            # sudo: whoever sends, the invitation follows
            sms.sudo().crm_survey_invitation_id._follow_sending(failure)
        return result
