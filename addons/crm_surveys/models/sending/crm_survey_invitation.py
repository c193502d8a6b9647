from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import consteq, hmac

from ...logic import invitation as logic
from ...logic import sending
from ...logic.window import DAYTIME, next_opening
from ..trigger.crm_survey_trigger import get_zone

#: Signed with it, a link unsubscribes one contact and does nothing else.
PURPOSE = "crm_surveys-unsubscribe"
UNSUBSCRIBE_REASONS = [
    ("often", "I am asked too often"),
    ("irrelevant", "It does not concern me"),
    ("no_customer", "I am not a customer any more"),
    ("other", "Another reason"),
]
#: One score in a mail; programs that read mails know no style sheets.
BUTTON = Markup(
    '<a href="%s" style="display: inline-block; min-width: 20px; padding: 0 9px; '
    "margin-right: 4px; line-height: 36px; text-align: center; border: 1px solid #714B67; "
    'border-radius: 4px; color: #714B67; text-decoration: none;">%s</a>'
)
#: The customer can still answer.
WAITING = [logic.QUEUED, logic.SENT, logic.OPENED, logic.STARTED, logic.FAILED]


class CrmSurveyInvitation(models.Model):
    """When an invitation is sent again, reminded of and ends; its links."""

    _inherit = "crm.survey.invitation"

    date_expires = fields.Datetime(
        "Can Answer Until", readonly=True, help="Later answers are not taken."
    )
    date_remind = fields.Datetime("Next Reminder on", readonly=True)
    date_retry = fields.Datetime(
        "Tried Again on", readonly=True, help="A failed invitation is sent once more then."
    )
    reminder_count = fields.Integer("Reminders", readonly=True)
    attempt_count = fields.Integer("Attempts", readonly=True)
    date_unsubscribed = fields.Datetime("Unsubscribed on", readonly=True)
    unsubscribe_reason = fields.Selection(UNSUBSCRIBE_REASONS, "Why Unsubscribed", readonly=True)

    history_message_id = fields.Many2one(
        "mail.message",
        "Note in the History",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    _unsent_idx = models.Index("(channel, id) WHERE state IN ('decided', 'failed')")
    _remind_idx = models.Index("(date_remind) WHERE date_remind IS NOT NULL")
    _expires_idx = models.Index(
        "(date_expires) WHERE state IN ('queued', 'sent', 'opened', 'started', 'failed')"
    )

    # links

    def _get_answer_url(self):
        """Return where the customer answers."""
        return f"{self.get_base_url()}/customer-survey/{self.user_input_id.access_token}"

    def _get_score_links(self):
        """Return a score and its link for each place on the scale, to be put into a mail.

        A link shows the page with the score chosen; it counts when the customer confirms, since
        scanners of mails open all links.
        """
        question = self.survey_id._get_score_question()
        if not question:
            return []
        url = self._get_answer_url()
        scale = range(question.scale_min, question.scale_max + 1)
        return [(score, f"{url}?score={score}") for score in scale]

    def _get_score_buttons(self):
        """Return the links as markup for a mail: a loop in its template would cost most of it."""
        return Markup().join(BUTTON % (url, score) for score, url in self._get_score_links())

    def _sign_unsubscribe(self):
        """Return 128 bits: a whole digest would not fit into an SMS."""
        return hmac(self.env(su=True), PURPOSE, self.id)[:32]

    def _get_unsubscribe_url(self):
        """Return where the customer says that he wants no surveys."""
        base = self.get_base_url()
        return f"{base}/customer-survey/unsubscribe/{self.id}/{self._sign_unsubscribe()}"

    @api.model
    def _find_signed(self, invitation_id, signature):
        """Return the invitation of an unsubscribe link, in sudo; nothing if it is not genuine."""
        if not (0 < invitation_id <= MAX_ID and isinstance(signature, str)):
            return self.sudo().browse()  # sudo: nothing is in it
        # sudo: a customer has no right on invitations; the signature says that it is his
        invitation = self.sudo().browse(invitation_id)
        genuine = consteq(invitation._sign_unsubscribe().encode(), signature.encode())
        return invitation.exists() if genuine else invitation.browse()

    def _unsubscribe(self, reason=None):
        """The customer wants no surveys: at this address he gets none any more. Once only."""
        known = dict(UNSUBSCRIBE_REASONS)
        everybody = self.partner_id
        for invitation in self:
            partner = invitation.partner_id
            same = Domain("id", "=", partner.id)
            if partner.email_normalized:
                same |= Domain("email_normalized", "=", partner.email_normalized)
            partners = partner.with_context(active_test=False).search(same)
            partners.filtered(lambda one: not one.has_survey_opt_out).has_survey_opt_out = True
            everybody |= partners
            values = {"date_remind": False, "date_retry": False}
            if not invitation.date_unsubscribed:
                values["date_unsubscribed"] = fields.Datetime.now()
            if reason in known:
                values["unsubscribe_reason"] = reason
            invitation._sealed_write(values)
        self._withdraw(Domain("partner_id", "in", everybody.ids), "opted_out")

    @api.model
    def _withdraw(self, domain, reason):
        """Send none of those that have not gone out yet; return them."""
        unsent = self.search(Domain("state", "in", [logic.DECIDED, logic.QUEUED]) & domain)
        waiting = [("crm_survey_invitation_id", "in", unsent.ids), ("state", "=", "outgoing")]
        self.env["mail.mail"].search(waiting).unlink()
        self.env["sms.sms"].search(waiting).unlink()
        return unsent._move(logic.NOT_SENT, reason=reason)

    # what follows from its state

    def _follow_move(self, state):
        result = super()._follow_move(state)
        if state in logic.ENDED:
            self.filtered(lambda one: one.date_remind or one.date_retry)._sealed_write(
                {"date_remind": False, "date_retry": False}
            )
        self._note_history(state)
        return result

    def _note_history(self, state):
        """Note in the history of the document, or of the customer, that he was asked.

        Without the link, which is for the customer only. When, the survey says: as long as the
        customer can still answer, the employee he judges could talk to him.
        """
        moments = {"sent": (logic.SENT,), "ended": (logic.FINISHED, logic.EXPIRED)}
        noted = self.filtered(
            lambda one: state in moments.get(one.survey_id.history_moment, ()) and one.date_sent
        )
        subtype = self.env.ref("mail.mt_note")
        author = self.env.ref("base.partner_root")
        gone = noted._get_gone_documents()
        values, told = [], self.browse()
        for invitation in noted:
            model, record_id = invitation._get_history(gone)
            if not record_id:
                continue
            words = self.env._(
                "%(customer)s was asked: %(survey)s",
                customer=invitation.partner_id.display_name,
                survey=invitation.survey_id.title,
            )
            told += invitation
            values.append(
                {
                    "model": model,
                    "res_id": record_id,
                    "body": escape(words),  # a customer's name is no markup
                    "message_type": "notification",
                    "subtype_id": subtype.id,
                    "author_id": author.id,
                    "email_from": author.email_formatted,
                    "reply_to": False,
                    "date": invitation.date_sent,
                }
            )
        # sudo: whoever moves it on, a job or the customer, need not be allowed to write there
        notes = self.env["mail.message"].sudo().create(values)
        for invitation, note in zip(told, notes, strict=True):
            invitation._sealed_write({"history_message_id": note.id})

    def _get_history(self, gone):
        """Return model and id of the record in whose history the invitation stands.

        ``gone`` are the documents that are no more, as (model, id).
        """
        self.ensure_one()
        document = self.res_model, self.res_id
        has_history = self.res_model and hasattr(self.env.get(self.res_model), "message_post")
        if has_history and self.res_id and document not in gone:
            return document
        return "res.partner", self.partner_id.id

    # the end

    @api.model
    def _cron_expire(self):
        """End what nobody can answer any more."""
        domain = Domain("state", "in", WAITING) & Domain("date_expires", "<=", "now")
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=self.search_count(domain))
        while batch := self.search(domain, limit=500, order="id").try_lock_for_update():
            batch._move(logic.EXPIRED)
            if not commit(len(batch)):
                return

    def _get_reminder(self, last):
        """Return when to remind next if the last mail has gone out now."""
        self.ensure_one()
        survey, end = self.survey_id, self.date_expires
        moment = sending.get_reminder(
            last, self.reminder_count, survey.reminder_limit, survey.reminder_days, end
        )
        moment = moment and self._get_opening(moment)
        return None if moment and end and moment >= end else moment

    # hours of sending

    def _get_opening(self, moment):
        """Return from when on the customer may be asked: the window of the trigger, or by day."""
        self.ensure_one()
        return get_opening(self.trigger_id, moment, self._get_zone())

    def _get_zone(self):
        return self.partner_id.tz or self.company_id.partner_id.tz

    def _hold_back(self, field):
        """Put off those whose customers rest now, and return the others.

        What was planned within its window may be late, if the job did not run. ``field`` is the
        date by which these come again. None: nobody comes again whose window never opens.
        """
        now = fields.Datetime.now()
        ready = self.browse()
        for (trigger, zone), rows in self.grouped(
            lambda one: (one.trigger_id, one._get_zone())
        ).items():
            opening = get_opening(trigger, now, zone)
            if opening == now:
                ready |= rows
            else:
                rows._sealed_write({field: opening})
        return ready


def get_opening(trigger, moment, tz):
    """Return when a contact of this time zone may be written to, by a trigger's window or by day.

    Nothing: never.
    """
    if trigger:
        return trigger._get_opening(moment, tz)
    return next_opening(DAYTIME, moment, get_zone(tz))


#: Beyond it no id exists, and PostgreSQL refuses to compare.
MAX_ID = 2**31 - 1
