from dataclasses import dataclass
from datetime import datetime

from odoo import fields, models
from odoo.fields import Domain

#: Messages by which we and the customer talk; mails of the system and notes are not among them.
TALK = ("comment", "email", "auto_comment")


@dataclass(frozen=True)
class Promise:
    """When the customer hears from us next. ``is_kept`` is false once that time has passed."""

    date: datetime
    is_kept: bool


class CrmComplaint(models.Model):
    """What the customer sees of his complaint, in plain words."""

    _inherit = "crm.complaint"

    def _get_page_words(self):
        """Hook: return in a sentence what happens with this complaint now."""
        self.ensure_one()
        words = {
            "new": self.env._("We have received your complaint and will look at it."),
            "open": self.env._("We are working on your complaint."),
            "waiting": self.env._("We need something from you before we can go on."),
            "answered": self.env._("We have answered. Please tell us whether this settles it."),
            "closed": self.env._("The case is closed."),
            "cancelled": self.env._("The complaint was taken back."),
        }
        if self.state == "answered" and self._get_last_consent():
            return self.env._("We have your reply and will finish the case.")
        return words[self.state]

    def _get_page_state(self):
        """Hook: return the state in a word or two, for lists."""
        self.ensure_one()
        words = {
            "new": self.env._("Received"),
            "open": self.env._("In work"),
            "waiting": self.env._("Waiting for you"),
            "answered": self.env._("Answered"),
            "closed": self.env._("Closed"),
            "cancelled": self.env._("Taken back"),
        }
        return words[self.state]

    def _get_promises(self):
        """Return the next date promised for each of these complaints that has one, by id."""
        clocks = self._get_promised_clocks().filtered(lambda clock: clock.state != "paused")
        dates = {
            res_id: min(of_one.mapped("date_due"))
            for res_id, of_one in clocks.grouped("res_id").items()
        }
        now = fields.Datetime.now()
        return {res_id: Promise(date, date >= now) for res_id, date in dates.items()}

    def _get_promised_clocks(self):
        """Hook: return the open deadlines of these complaints that are told to the customer."""
        return self._deadline_open()

    def _get_page_messages(self):
        """Return the messages of the talk with the customer, the newest first, in sudo.

        Notes, mails of the system and whatever employees keep among themselves are left out.
        """
        self.ensure_one()
        # sudo: the page was opened by rule or by link, and the domain takes what is public
        messages = self.env["mail.message"].sudo()
        return messages.search(
            Domain("model", "=", self._name)
            & Domain("res_id", "=", self.id)
            & Domain("message_type", "in", TALK)
            & messages._get_search_domain_share()
            & (Domain("body", "not in", [False, ""]) | Domain("attachment_ids", "!=", False)),
            limit=200,
        )

    def _is_from_customer(self, message):
        """Whether a message of the talk was written by the customer's side."""
        author = message.author_id
        if not author:
            return True
        return author == self.partner_id or not any(
            user._is_internal() for user in author.with_context(active_test=False).user_ids
        )

    def _get_report_base_filename(self):
        """Return the name of the printed page, as core asks for it."""
        self.ensure_one()
        return self.number
