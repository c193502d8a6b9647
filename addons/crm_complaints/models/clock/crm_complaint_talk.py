from odoo import api, fields, models
from odoo.tools import email_normalize

from ...logic.terms import ACKNOWLEDGEMENT, FIRST_ANSWER, NEXT_ANSWER, both
from ...way import PORTAL, way_of
from ..case.crm_complaint_stage import CLOSED_KINDS
from .crm_complaint_clocks import ANSWERS

#: Messages that people write. Core marks what is sent by itself otherwise.
WRITTEN = ("comment", "email")


class CrmComplaint(models.Model):
    """Who said what to whom: our word ends what we owe, the complainant's begins it.

    An answer is a message of an employee that reaches the complainant, or a call on record. Notes,
    automatic messages and acknowledgements by template are none.
    """

    _inherit = "crm.complaint"

    date_last_answer = fields.Datetime(
        "Last Answer", readonly=True, copy=False, help="When we last wrote or called."
    )
    date_last_message = fields.Datetime(
        "Last Message", readonly=True, copy=False, help="When the complainant last wrote."
    )

    def write(self, vals):
        if facts := {"date_last_answer", "date_last_message"} & vals.keys():
            raise self._facts_error(facts)
        return super().write(vals)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Listen to what is said: only here it is known whom a message reaches, and when."""
        is_later = self._is_notification_scheduled(kwargs.get("scheduled_date"))
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if message and not is_later and len(self) == 1:
            # sudo: clocks follow what is said, whoever says it
            self.sudo()._hear(message.sudo(), recipients)
        return recipients

    def _hear(self, message, recipients):
        """Let the clocks follow a message."""
        self.ensure_one()
        if self._is_from_complainant(message):
            if message.message_type in WRITTEN:
                self._note_message(message.date)
        elif self._is_call(message):
            self._note_answer(min(message.date, fields.Datetime.now()))
        elif self._reaches_complainant(message, recipients):
            if self._is_answer(message):
                self._note_answer(fields.Datetime.now())
            else:
                self._note_acknowledgement(fields.Datetime.now())

    def _is_from_complainant(self, message):
        """Hook: whether the complainant, or somebody of his company, wrote the message."""
        author = message.author_id
        if author:
            family = (self.partner_id | self.on_behalf_partner_id).commercial_partner_id
            is_ours = any(
                not user.share for user in author.with_context(active_test=False).user_ids
            )
            return not is_ours and author.commercial_partner_id in family
        # without a name only whoever holds the link to the complaint's page writes there
        sender = email_normalize(message.email_from or "")
        is_his_address = bool(sender) and sender == self.email_normalized
        return is_his_address or way_of(self.env) == PORTAL

    @api.model
    def _is_call(self, message):
        """Whether the message puts a call on record that an employee made."""
        is_call = message.mail_activity_type_id.category == "phonecall"
        return is_call and self._is_by_employee(message)

    @api.model
    def _is_by_employee(self, message):
        root = self.env.ref("base.partner_root")
        author = message.author_id
        return author != root and any(not user.share for user in author.user_ids)

    def _is_answer(self, message):
        """Hook: whether a message that reaches the complainant answers him."""
        return message.message_type in WRITTEN and self._is_by_employee(message)

    def _reaches_complainant(self, message, recipients):
        """Whether the message is meant for outside and the complainant gets it."""
        if message.is_internal or message.subtype_id.internal or not message.subtype_id:
            return False
        if message.subtype_id == self.env.ref("mail.mt_note"):
            return False
        people = (self.partner_id | self.on_behalf_partner_id).ids
        return any(
            person["id"] in people
            or (self.email_normalized and person.get("email_normalized") == self.email_normalized)
            for person in recipients
        )

    def _post_receipt(self, template):
        """The confirmation of receipt acknowledges, though it is sent outside the talk."""
        result = super()._post_receipt(template)
        # sudo: clocks follow what is said, whoever says it
        self.sudo()._note_acknowledgement(fields.Datetime.now())
        return result

    # --- what was said

    def _note_acknowledgement(self, date):
        """The complainant knows since ``date`` that his complaint has arrived."""
        self._end_clocks(both(ACKNOWLEDGEMENT), date)

    def _note_answer(self, date):
        """A person has answered the complainant at ``date``, in writing or by phone."""
        self._end_clocks(ANSWERS, date)
        self._write_facts({"date_last_answer": max(date, self.date_last_answer or date)})

    def _note_message(self, date):
        """The complainant wrote at ``date``: what waited for him runs on, and he waits for us."""
        self.ensure_one()
        now = fields.Datetime.now()
        date = min(date or now, now)
        self._write_facts({"date_last_message": date})
        self._end_waiting(date)
        self._leave_waiting_stage()
        owed = self._deadline_open(both(FIRST_ANSWER, NEXT_ANSWER))
        if not owed and self.state not in CLOSED_KINDS:
            self._start_next_answer(max(date, self.date_last_answer or date))

    def _start_next_answer(self, date):
        choices = self._choose_terms()[self.id]
        self._start_chosen(
            [(self, kind, choices[kind], date) for kind in both(NEXT_ANSWER) if kind in choices]
        )
