from odoo import models


class MailComposeMessage(models.TransientModel):
    """Mails written by a template of complaints do what the template is for."""

    _inherit = "mail.compose.message"

    def _prepare_mail_values_static(self):
        """Mark an acknowledgement as what it is: sent by a template, it answers nothing."""
        values = super()._prepare_mail_values_static()
        if self._get_complaint_purpose() == "acknowledgement":
            values["message_type"] = "auto_comment"
        return values

    def _action_send_mail_comment(self, res_ids):
        messages = super()._action_send_mail_comment(res_ids)
        if self._get_complaint_purpose() == "holding":
            self.env["crm.complaint"].browse(res_ids)._note_holding_letter()
        return messages

    def _get_complaint_purpose(self):
        """Return what the chosen template is for, if it is one of complaints."""
        self.ensure_one()
        return self.model == "crm.complaint" and self.template_id.complaint_purpose
