from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...way import PORTAL, by_way

#: How long a text typed on a page may be.
TEXT_SIZE = 20_000
#: So many messages an hour the customer's side writes on a page; more only a machine does.
MOST_MESSAGES = 30


class CrmComplaint(models.Model):
    """What the customer does on the page of his complaint. Private: only the pages call it."""

    _inherit = "crm.complaint"

    def _page_post(self, text, files=(), author=None):
        """Post what the customer writes on the page, and tell those who follow.

        :param text: plain text
        :param files: (name, content) pairs, checked already
        :param author: ``res.partner`` of a signed-in customer; the complainant by default
        :raise UserError: if there is nothing to post, or too much
        """
        self.ensure_one()
        text = self._check_page_text(text)
        if not text and not files:
            raise UserError(self.env._("Write a message or choose a file first."))
        author = author or self.partner_id
        name = self.contact_name or self.email_from
        with by_way(PORTAL):
            return self.message_post(
                body=plaintext2html(text) if text else "",
                author_id=author.id,
                email_from=author.email_formatted if author else self.email_from or name,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                attachments=list(files),
                partner_ids=self._get_page_reader().partner_id.ids,
            )

    def _check_page_flood(self):
        """Refuse more messages than people write: each may bring many megabytes of files."""
        since = fields.Datetime.now() - timedelta(hours=1)
        latest = self._get_page_messages().filtered(lambda message: message.create_date > since)
        if len(latest.filtered(self._is_from_customer)) >= MOST_MESSAGES:
            raise UserError(
                self.env._(
                    "You have sent many messages within an hour. Your text is still here: send it"
                    " later, or call us."
                )
            )

    def _page_consent(self, is_accepted, text, author=None):
        """Record what the customer says to our answer on the page, and post his words."""
        with by_way(PORTAL):
            consent = self._take_consent(is_accepted, text, author)
            if consent.comment:
                self._page_post(consent.comment, author=author)
        return consent

    def _take_consent(self, is_accepted, text, author=None):
        """Record that the customer accepts our answer, or contests it and why.

        :raise UserError: if there is no answer to speak of, or no word why it is contested
        """
        self.ensure_one()
        # two clicks at once must give one record
        self.lock_for_update()
        self.invalidate_recordset(["state", "consent_ids"])
        if not self._can_consent():
            raise UserError(self.env._("There is no answer of ours waiting for a reply."))
        text = self._check_page_text(text)
        if not is_accepted and not text:
            raise UserError(self.env._("Say why the answer is not accepted."))
        consent = self.env["crm.complaint.consent"]._record(self, is_accepted, text, author)
        self._follow_consent(consent)
        return consent

    def _can_consent(self):
        """Whether there is an answer of ours the customer has not said yes or no to."""
        self.ensure_one()
        return self.state == "answered" and not self._get_last_consent()

    def _get_last_consent(self):
        """Return what the customer said to the answer that stands now; empty if nothing yet."""
        self.ensure_one()
        answer = self._get_answer_move()
        return self.consent_ids.filtered(lambda consent: consent.move_id == answer)[:1]

    def _get_answer_move(self):
        """Return the move by which the case was answered last; empty if it never was."""
        self.ensure_one()
        return self.move_ids.sorted("id").filtered(lambda move: move.state_to == "answered")[-1:]

    def _follow_consent(self, consent):
        """Hook: the customer has accepted or contested our answer (``crm.complaint.consent``).

        By default whoever is responsible gets a task, and a contested case goes to the second
        instance. Runs in sudo.
        """
        self.ensure_one()
        if consent.is_accepted:
            summary = self.env._("The customer accepts the answer: close the case")
        else:
            summary = self.env._("The customer contests the answer: look at it again")
            self._move_to_second_instance()
        if user := self._get_page_reader():
            self.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=user.id)

    def _get_page_reader(self):
        """Hook: return who is told what the customer writes, beside those who follow."""
        self.ensure_one()
        return (self.user_id or self.team_id.user_id) - self.hidden_user_ids

    def _move_to_second_instance(self):
        stage = self.env.ref(
            "crm_complaints.crm_complaint_stage_second_instance", raise_if_not_found=False
        )
        if not stage or not stage.active or (stage.team_ids and self.team_id not in stage.team_ids):
            return
        try:
            with self.env.cr.savepoint():
                self.stage_id = stage
                self.flush_recordset()
        except UserError:
            # the process does not allow it from here: the task tells, and a person decides
            self.invalidate_recordset()

    def _check_page_text(self, text):
        """Return a typed text without what the database cannot keep."""
        if not isinstance(text, str):
            return ""
        text = text.replace("\x00", "").strip()
        if len(text) > TEXT_SIZE:
            raise UserError(
                self.env._(
                    "The text is too long: %(size)s characters, and at most %(most)s can be sent."
                    " Shorten it, or send it as a file.",
                    size=len(text),
                    most=TEXT_SIZE,
                )
            )
        return text
