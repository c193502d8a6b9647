import logging
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from functools import wraps

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import email_normalize, email_split

from ...intake import Mail, receiving
from ...logic import mail as rules

_logger = logging.getLogger(__name__)

RECIPIENT_HEADERS = ("delivered-to", "to", "cc", "resent-to", "resent-cc", "x-original-to")


class CrmComplaintGateway(models.AbstractModel):
    """The door for mails: whatever concerns complaints makes one, joins one, or is quarantined.

    It stands before core's gateway, because core hands on too little (a mail without headers) and
    drops too much: what it cannot read, what comes too often, what answers a bounce. Mails that
    concern no complaint pass untouched.
    """

    _name = "crm.complaint.gateway"
    _description = "Mail Gateway of Complaints"

    def _register_hook(self):
        """Stand before core's ``message_process`` in this database.

        Extending ``mail.thread`` would do the same, and have every model that inherits it entered
        again as ours; the removal of the add-on would then leave traces of them.
        """
        super()._register_hook()
        thread = self.env.registry["mail.thread"]
        if not hasattr(thread.message_process, "without_complaints"):
            thread.message_process = _with_complaints(thread.message_process)

    @api.model
    def _process(self, raw, model, thread_id, proceed):
        """Receive a mail.

        :param bytes raw: the mail as it came
        :param proceed: core's processing, without arguments
        :return: what core returns, or ``False`` when it was not asked
        """
        # sudo: mails are received by the system, whoever runs the gateway
        gateway = self.sudo()
        mail = gateway._read(raw)
        gateway._find_destination(mail, model, thread_id)
        if not (mail.mailbox_ids or mail.complaint_id or gateway._is_fallback(mail, model)):
            return proceed()
        entry = gateway.env["crm.complaint.mail"]._claim(mail)
        if not entry or gateway._is_known_to_core(mail):
            _logger.info("Ignored a mail of complaints that came again: %s", mail.identity.key)
            return False
        if reason := gateway._find_doubt(mail):
            gateway.env["crm.complaint.quarantine"]._keep(mail, reason)
            return gateway._proceed_elsewhere(mail, proceed, reason)
        found = gateway._proceed(mail, proceed)
        entry._sealed_write({"complaint_id": next(iter(mail.landed_ids), False)})
        gateway.env["crm.complaint"].browse(mail.made_ids)._confirm_receipt(mail)
        return found

    @api.model
    def _proceed(self, mail, proceed):
        """Let core go on; what it does not bring to a complaint is quarantined."""
        try:
            with receiving(mail), self.env.cr.savepoint():
                found = proceed()
        except Exception as failure:
            error = mail.error or failure
            if isinstance(error, OperationalError):
                raise error from None  # a conflict between transactions: the mail is tried again
            _logger.info("A mail of complaints could not be processed.", exc_info=error)
            mail.made_ids.clear()
            mail.landed_ids.clear()
            reason, explanation = "unreadable", str(error)[:500]
        else:
            if mail.landed_ids:
                return found
            reason, explanation = "refused", None
        self.env["crm.complaint.quarantine"]._keep(mail, reason, explanation)
        return False

    @api.model
    def _proceed_elsewhere(self, mail, proceed, reason):
        """Let core deliver a quarantined mail to its other addressees and note bounces."""
        if not (mail.goes_elsewhere or reason == rules.BOUNCE):
            return False
        mail.is_turned_away = True
        try:
            with receiving(mail), self.env.cr.savepoint():
                return proceed()
        except OperationalError:
            raise  # as above
        except Exception:
            # it is kept whole in quarantine; what else core wanted of it is not ours
            _logger.info("A quarantined mail could not be processed further.", exc_info=True)
            return False

    # --- what the mail is

    @api.model
    def _read(self, raw):
        """Return what a mail says about itself; this never fails."""
        message = message_from_bytes(raw, policy=SMTP)
        headers = rules.raw_headers(message)
        sender = next(iter(email_split(headers.get("from", ""))), "")
        recipients = {
            address.lower()
            for name, value in message.raw_items()
            if name.lower() in RECIPIENT_HEADERS
            for address in email_split(" ".join(str(value).split()))
        }
        # of the stamps of the servers on the way, the first is that of our own
        stamps = (headers.get("received", "").rpartition(";")[2], headers.get("date", ""))
        return Mail(
            raw=raw,
            message=message,
            headers=headers,
            sender=email_normalize(sender) or sender.lower(),
            recipients=sorted(recipients),
            date=rules.received_at(stamps, fields.Datetime.now()),
            identity=rules.identity(message),
        )

    @api.model
    def _find_destination(self, mail, model, thread_id):
        """Note to which of our mailboxes, to which complaint and to whom else a mail goes."""
        locals_ = [address.partition("@")[0] for address in mail.recipients]
        aliases = self.env["mail.alias"].search(
            [
                "|",
                ("alias_full_name", "in", mail.recipients),
                "&",
                ("alias_name", "in", locals_),
                ("alias_incoming_local", "=", True),
            ]
        )
        mailboxes = self.env["crm.complaint.mailbox"].search([("alias_id", "in", aliases.ids)])
        mail.mailbox_ids = mailboxes.ids
        mail.goes_elsewhere = bool(aliases - mailboxes.alias_id)
        if thread_id and model == "crm.complaint":
            mail.complaint_id = self.env["crm.complaint"].browse(thread_id).exists().id
        elif mailboxes or not self._is_forwarded(mail, aliases):
            mail.complaint_id = self._find_answered(mail)

    @api.model
    def _is_forwarded(self, mail, aliases):
        """Whether core takes an answer for a new mail to others: by whom it is addressed to.

        A copy to others makes it no less an answer.
        """
        headers = (mail.headers.get(name, "") for name in ("to", "delivered-to"))
        addresses = email_split(", ".join(headers).lower())
        names = {address.partition("@")[0] for address in addresses}
        return any(
            alias.alias_full_name in addresses
            or (alias.alias_incoming_local and alias.alias_name in names)
            for alias in aliases
        )

    @api.model
    def _find_answered(self, mail):
        """Return the id of the complaint whose message the mail answers, found as core finds it."""
        text = f"{mail.headers.get('references', '')} {mail.headers.get('in-reply-to', '')}"
        references = [word for word in text.split() if "reply_to" not in word][-33:]
        if not references:
            return None
        answered = self.env["mail.message"].search(
            [("message_id", "in", references)], order="id desc", limit=1
        )
        if answered.model != "crm.complaint":
            return None
        return self.env["crm.complaint"].browse(answered.res_id).exists().id

    @api.model
    def _is_fallback(self, mail, model):
        """Whether a fetching server hands the mail to complaints, and nobody else is addressed."""
        return model == "crm.complaint" and not mail.goes_elsewhere

    @api.model
    def _is_known_to_core(self, mail):
        """Whether the mail came before this register was kept."""
        message_id = mail.headers.get("message-id", "").strip()
        if not message_id or self.env["crm.complaint.mail"]._is_other_known(mail):
            return False
        return bool(
            self.env["mail.message"].search_count([("message_id", "=", message_id)], limit=1)
        )

    # --- what speaks against it

    @api.model
    def _find_doubt(self, mail):
        """Hook: return why a mail must not make or join a complaint by itself, or nothing.

        :param mail: an :class:`~...intake.Mail`: the bytes, the headers by name in lower case
            (of a repeated one the topmost, which our own server wrote), sender, mailboxes
        :return: a code of ``crm.complaint.quarantine.reason``; an add-on that finds others adds
            them by ``selection_add``, and asks here before or after ``super()``
        """
        kind = rules.automatic(mail.headers, mail.sender)
        if kind and not (kind == rules.MACHINE and self._takes_machines(mail)):
            return kind
        if self.env["mail.alias.domain"]._find_aliases([mail.sender]):
            return "loop"
        if rules.is_forged(mail.headers.get("authentication-results", "")):
            return "forged"
        if len(mail.raw) > self._get_size_limit():
            return "too_large"
        if self.env["crm.complaint.mail"]._is_other_known(mail):
            return "reused"
        if self._is_flood(mail):
            return "flood"
        complaint = self.env["crm.complaint"].browse(mail.complaint_id or [])
        if complaint and not complaint._is_party(mail.sender):
            return "stranger"
        return None

    @api.model
    def _takes_machines(self, mail):
        mailboxes = self.env["crm.complaint.mailbox"].browse(mail.mailbox_ids)
        return bool(mailboxes) and all(mailboxes.mapped("is_open_to_machines"))

    @api.model
    def _get_size_limit(self):
        get_param = self.env["ir.config_parameter"].get_param
        return int(get_param("crm_complaints.mail_max_mb") or 20) * 1024 * 1024

    @api.model
    def _is_flood(self, mail):
        """Whether a sender writes as often as only a machine does, by core's own limits.

        Core drops such mails; so the limit is reached here first, where they are kept.
        """
        if self.env["mail.gateway.allowed"].search_count(
            [("email_normalized", "=", mail.sender)], limit=1
        ):
            return False
        get_param = self.env["ir.config_parameter"].get_param
        since = timedelta(minutes=int(get_param("mail.gateway.loop.minutes", 120)))
        limit = int(get_param("mail.gateway.loop.threshold", 20))
        register = self.env["crm.complaint.mail"]
        # the claim of this mail is counted, too
        return register._count_since(mail.sender, fields.Datetime.now() - since) > limit


def _with_complaints(process):
    """Return core's ``message_process`` with the gateway of complaints before it."""

    @api.model
    @wraps(process)
    def message_process(self, model, message, *args, **kwargs):
        def proceed():
            return process(self, model, message, *args, **kwargs)

        # by position it is the fourth after the message, see the method of core
        thread_id = kwargs.get("thread_id") or (args[3] if len(args) > 3 else None)
        raw = getattr(message, "data", message)
        raw = raw.encode() if isinstance(raw, str) else bytes(raw)
        return self.env["crm.complaint.gateway"]._process(raw, model, thread_id, proceed)

    message_process.without_complaints = process
    return message_process
