import secrets

from odoo import api, models


class CrmComplaint(models.Model):
    """The complainant's mails lead to the page of his complaint, and core's own links open nothing.

    Core signs its links with a token that never ends, and its message routes take them for any
    thread. Of complaints they take none.
    """

    _inherit = "crm.complaint"

    def _sign_token(self, pid):
        """Return a signature that opens nothing: core puts it into links we replace."""
        self.ensure_one()
        return secrets.token_hex(16)

    @api.model
    def _get_thread_with_access(self, thread_id, **kwargs):
        """Let in by rights, and by none of the signatures core takes."""
        access = {name: kwargs[name] for name in kwargs.keys() - {"hash", "pid", "token"}}
        return super()._get_thread_with_access(thread_id, **access)

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """Give the complainant a link that ends, and other customers the address of the page."""
        groups = super()._notify_get_recipients_groups(message, model_description, msg_vals)
        if not self:
            return groups
        base_url = self.get_base_url()
        for name, _is_member, data in groups:
            if name == "portal_customer":
                # sudo: whoever writes to the complainant hands on the page
                link = self.sudo().get_portal_url()
                data["button_access"] = {"url": base_url + link}
            elif name == "portal":
                data["button_access"] = {"url": base_url + self.access_url}
        return groups

    def _send_link(self):
        """Mail the number and a link to the page to each complainant who has an address.

        The mail is deleted once it is sent: a link has no place in the log of messages. It goes
        by the queue, at once: whoever asks for a link must not learn from the time it takes
        whether there was one to send.
        """
        template = self.env.ref(
            "crm_complaints.crm_complaint_mail_template_link", raise_if_not_found=False
        )
        if not template:
            return
        # sudo: whoever handed in the complaint may not read it
        for complaint in self.sudo().filtered("email_normalized"):
            template.sudo().send_mail(complaint.id, email_values={"auto_delete": True})
        # sudo: visitors may not start jobs
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
