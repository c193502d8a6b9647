from unittest.mock import patch

from odoo.tools import mute_logger

from .common import SurveysCase

COMMIT = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"
CONNECT = "odoo.addons.base.models.ir_mail_server.IrMail_Server._connect__"
SEND = "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email"
DISABLED = "odoo.addons.base.models.ir_mail_server.IrMail_Server._disable_send"


class SendingCase(SurveysCase):
    """The jobs of sending without their commits, and core's queue without a mail server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.satisfaction = cls.survey(title="How Was It?")
        cls.customer.tz = "UTC"

    def run_job(self, method="_cron_send"):
        with patch(COMMIT, autospec=True, return_value=60):
            getattr(self.env["crm.survey.invitation"], method)()

    def mails(self, invitation):
        return self.env["mail.mail"].search([("crm_survey_invitation_id", "in", invitation.ids)])

    def deliver(self, invitation, error=None):
        """Let core's queue send the mails of an invitation, or fail to; count what goes out."""
        with (
            patch(DISABLED, return_value=False),
            patch(CONNECT, autospec=True, return_value=None),
            patch(
                SEND, autospec=True, side_effect=error or (lambda *_, **__: "<id@example.com>")
            ) as send,
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            self.mails(invitation).send()
        return send.call_count
