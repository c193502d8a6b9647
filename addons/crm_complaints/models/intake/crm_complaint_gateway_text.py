from email import message_from_bytes
from email.policy import SMTP

from psycopg2 import OperationalError

from odoo import api, models
from odoo.tools import html2plaintext, plaintext2html
from odoo.tools.mail import decode_message_header

from ...logic.mail import raw_headers

#: The longest header that is kept as text; the mail itself is kept whole.
LONGEST_HEADER = 1000


class CrmComplaintGateway(models.AbstractModel):
    """Reading mails of which parts are broken: as much as can be read, and never an error."""

    _inherit = "crm.complaint.gateway"

    @api.model
    def _parse(self, raw):
        """Return a mail as core hands mails on; one that core cannot read is attached whole."""
        message = message_from_bytes(raw, policy=SMTP)
        thread = self.env["mail.thread"]
        try:
            with self.env.cr.savepoint():
                content = thread.message_parse(message)
        except OperationalError:
            raise  # a conflict with another transaction
        except Exception:
            # broken in whatever way: what core cannot read is read roughly
            content = self._parse_roughly(message, raw)
        if not content.get("author_id") and content.get("email_from"):
            author = thread._partner_find_from_emails_single(
                [content["email_from"]], no_create=True
            )
            content["author_id"] = author.id
        return content

    @api.model
    def _parse_roughly(self, message, raw):
        return {
            "message_type": "email",
            "message_id": raw_headers(message).get("message-id", ""),
            "subject": self._get_subject(message),
            "email_from": self._get_header(message, "From"),
            "body": plaintext2html(self._get_text(message)),
            "attachments": [("mail.eml", raw, {})],
        }

    @api.model
    def _get_subject(self, message):
        return self._get_header(message, "Subject")

    @api.model
    def _get_header(self, message, name):
        """Return a header as text, as far as it can be read."""
        try:
            value = decode_message_header(message, name, separator=", ")
        except (LookupError, TypeError, ValueError, AttributeError):
            value = raw_headers(message).get(name.lower(), "")
        return _storable(value).strip()[:LONGEST_HEADER]

    @api.model
    def _get_text(self, message):
        """Return the text of a mail, as far as it can be read."""
        texts = {"text/plain": [], "text/html": []}
        for part in message.walk():
            if part.get_content_type() in texts and not part.get_filename():
                texts[part.get_content_type()].append(_decoded(part))
        if texts["text/plain"]:
            return "\n".join(texts["text/plain"]).strip()
        return html2plaintext("\n".join(texts["text/html"])).strip()


def _decoded(part):
    """Return the text of a part, whatever it says about its letters."""
    payload = part.get_payload(decode=True) or b""
    try:
        text = payload.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = payload.decode("utf-8", "replace")
    return _storable(text)


def _storable(text):
    """Return text that PostgreSQL takes: no NUL, no half letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
