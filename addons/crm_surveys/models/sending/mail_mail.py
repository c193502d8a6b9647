from odoo import fields, models


class MailMail(models.Model):
    """The mail of an invitation: when it has gone out or failed, the invitation knows."""

    _inherit = "mail.mail"

    crm_survey_invitation_id = fields.Many2one(
        "crm.survey.invitation",
        "Invitation to a Survey",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # sudo: a mail may be sent by anybody, and the invitation follows; first, as core may
        # delete the mail
        invitations = self.sudo().crm_survey_invitation_id
        if invitations:
            invitations._follow_sending(failure_type, failure_reason)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
