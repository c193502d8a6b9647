import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.tools import SQL, email_normalize

from ...logic.mail import automatic

_logger = logging.getLogger(__name__)

#: Tell machines that nobody wrote this by hand, so that none answers (RFC 3834, Exchange).
MACHINE_HEADERS = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


class CrmComplaint(models.Model):
    """The confirmation of receipt: number and promise by e-mail, once, never to a machine."""

    _inherit = "crm.complaint"

    date_receipt_sent = fields.Datetime(
        "Receipt Confirmed",
        readonly=True,
        copy=False,
        help="When the complainant got the number of his complaint by e-mail. An automatic mail"
        " is no answer.",
    )

    def _confirm_receipt(self, mail):
        """Confirm the complaints made of a mail, where its mailbox says so."""
        mailboxes = self.env["crm.complaint.mailbox"].browse(mail.mailbox_ids)
        if automatic(mail.headers, mail.sender):
            return
        companies = mailboxes.filtered("is_receipt_confirmed").company_id
        self.filtered(lambda complaint: complaint.company_id in companies)._send_receipt()

    def _send_receipt(self):
        """Send the confirmation of receipt to those complainants who have not got it yet.

        A mail that cannot be sent spoils nothing else: the complaint is there.
        """
        template = self.env.ref("crm_complaints.mail_template_receipt", raise_if_not_found=False)
        if not template:
            return
        for complaint in self:
            address = email_normalize(complaint.email_from or "")
            # sudo: our own addresses are our own for everybody
            if not address or self.env["mail.alias.domain"].sudo()._find_aliases([address]):
                continue
            try:
                with self.env.cr.savepoint():
                    if complaint._claim_receipt():
                        complaint._post_receipt(template)
            except OperationalError:
                raise  # a conflict with another transaction
            except Exception:
                _logger.exception("Receipt of complaint %s could not be confirmed.", complaint.id)

    def _claim_receipt(self):
        """Note that the confirmation goes out; say no if it did already."""
        self.ensure_one()
        self.flush_recordset(["date_receipt_sent"])
        rows = self.env.execute_query(
            SQL(
                """UPDATE crm_complaint SET date_receipt_sent = %s
                    WHERE id = %s AND date_receipt_sent IS NULL RETURNING id""",
                fields.Datetime.now(),
                self.id,
            )
        )
        self.invalidate_recordset(["date_receipt_sent"])
        return bool(rows)

    def _post_receipt(self, template):
        self.ensure_one()
        # no layout: it would repeat the subject, which the sender of a forged mail chooses
        # sudo: templates render for whoever may; that a receipt is confirmed is decided here
        template.sudo().send_mail(
            self.id, email_values={"headers": repr(MACHINE_HEADERS), "auto_delete": False}
        )
