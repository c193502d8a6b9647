import logging

from psycopg2.errors import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import invitation as logic
from ...logic import sending

_logger = logging.getLogger(__name__)

#: So many are rendered, queued and committed together.
BATCH = 200


class CrmSurveyInvitation(models.Model):
    """Sending: in batches, each in the customer's language, and none of them twice.

    A batch is committed as a whole, its mails and the states of its invitations: what was queued
    is not queued again, whenever the job is stopped. Rows are locked while they are sent, so that
    two jobs at once share the work.
    """

    _inherit = "crm.survey.invitation"

    @api.model
    def _cron_send(self):
        """Send what has been decided and what is to be tried again."""
        domain = self._get_sendable_domain()
        self._work_through(domain, "_send")

    @api.model
    def _cron_remind(self):
        """Remind those who have not answered."""
        domain = Domain("date_remind", "<=", "now") & Domain(
            "state", "in", [logic.SENT, logic.OPENED, logic.STARTED]
        )
        self._work_through(domain, "_remind")

    @api.model
    def _work_through(self, domain, method):
        """Do it to all, batch by batch; one that fails says so and stops nothing."""
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=self.search_count(domain))
        last = 0
        while batch := self.search(domain & Domain("id", ">", last), limit=BATCH, order="id"):
            last = batch[-1].id
            # somebody else may be at some of them
            batch.try_lock_for_update().filtered_domain(domain)._work(method)
            if not commit(len(batch)):
                return

    def _work(self, method):
        """Do it to these, one by one where the batch fails; who cannot be served says why."""
        try:
            with self.env.cr.savepoint():
                getattr(self, method)()
        except OperationalError:
            raise  # another transaction is at them: the job comes again
        except Exception as error:  # whatever one raises must not hold up the others
            if len(self) > 1:
                for one in self:
                    one._work(method)
                return
            _logger.exception("invitation %s cannot be sent", self.id, exc_info=error)
            self._give_up(str(error))

    def _give_up(self, reason):
        """Try no more, and say why."""
        self._move(logic.FAILED)
        self._sealed_write({"note": reason[:250], "date_retry": False, "date_remind": False})

    @api.model
    def _get_sendable_domain(self):
        """Hook: return which invitations are to be sent now."""
        return (
            Domain("channel", "in", self._get_sending_channels())
            & (Domain("date_planned", "=", False) | Domain("date_planned", "<=", "now"))
            & (
                Domain("state", "=", logic.DECIDED)
                | (Domain("state", "=", logic.FAILED) & Domain("date_retry", "<=", "now"))
            )
        )

    @api.model
    def _get_sending_channels(self):
        """Hook: return the ways the job sends by; others are for people."""
        return ["mail", "sms"]

    def _send(self):
        """Send these by their channels, unless something has come between or it is too late."""
        ready = self._drop_late()._drop_obstructed()
        ready._prepare_responses()
        for channel, invitations in ready.grouped("channel").items():
            invitations._send_by(channel)

    def _drop_late(self):
        """Put off those whose hours are over, and return the others."""
        # who was chosen by hand is asked at once; triggers have their hours
        planned = self.filtered(lambda one: one.state == logic.DECIDED and one.trigger_id)
        late = planned - planned._hold_back("date_planned")
        never = late.filtered(lambda one: not one.date_planned)
        never._move(logic.NOT_SENT, reason="window_closed")
        failed = self.filtered(lambda one: one.state == logic.FAILED)
        late |= failed - failed._hold_back("date_retry")
        return self - late

    def _send_by(self, channel):
        """Put what goes by one channel into its queue."""
        if channel == "mail":
            self._queue_mails()
        elif channel == "sms":
            self._queue_texts()

    def _remind(self):
        """Remind these once more, unless something has come between or it is too late."""
        due = self._hold_back("date_remind")
        for invitation in due:
            now = fields.Datetime.now()
            invitation._sealed_write({"reminder_count": invitation.reminder_count + 1})
            invitation._sealed_write({"date_remind": invitation._get_reminder(now)})
        obstacles = due._find_obstacles()
        stopped = due.browse(obstacles)
        stopped.filtered("date_remind")._sealed_write({"date_remind": False})
        for channel, invitations in (due - stopped).grouped("channel").items():
            invitations._remind_by(channel)

    def _remind_by(self, channel):
        """Put reminders by one channel into its queue."""
        if channel == "mail":
            self._queue_mails(is_reminder=True)
        elif channel == "sms":
            self._queue_texts(is_reminder=True)

    # what may have come between the decision and the mail

    def _drop_obstructed(self):
        """End those that cannot be sent any more, with the reason, and return the others."""
        obstacles = self._find_obstacles()
        by_reason = {}
        for invitation_id, reason in obstacles.items():
            by_reason.setdefault(reason, []).append(invitation_id)
        for reason, ids in by_reason.items():
            ended = self.browse(ids)._move(logic.NOT_SENT, reason=reason)
            # one that failed before stays failed, and is not tried again
            (self.browse(ids) - ended)._sealed_write({"date_retry": False})
        return self - self.browse(obstacles)

    def _find_obstacles(self):
        """Hook: return why invitations cannot be sent, by id."""
        blocked = self._get_blocked_addresses()
        addresses = {one.email_normalized for one in self.partner_id if one.email_normalized}
        refused = self._find_refused(addresses)
        gone = self._get_gone_documents()
        obstacles = {}
        for invitation in self:
            partner = invitation.partner_id
            address = invitation._get_address()
            if not invitation.survey_id.active:
                reason = "survey_closed"
            elif (invitation.res_model, invitation.res_id) in gone:
                reason = "document_gone"
            elif partner.has_survey_opt_out:
                reason = "opted_out"
            elif invitation.channel not in self._get_sending_channels():
                continue
            elif not address:
                reason = "no_address"
            elif address in blocked:
                reason = "blacklisted"
            elif invitation.channel == "mail" and address in refused:
                reason = "opted_out"
            else:
                continue
            obstacles[invitation.id] = reason
        return obstacles

    def _get_address(self):
        """Return the customer's address on the invitation's channel."""
        self.ensure_one()
        if self.channel == "sms":
            return self.partner_id._phone_format(number=self.partner_id.phone)
        return self.partner_id.email_normalized

    def _get_blocked_addresses(self):
        """Return the addresses of these that are blacklisted."""
        addresses = [address for one in self if (address := one._get_address())]
        if not addresses:
            return set()
        # sudo: blacklists are for administrators, and protect customers from all
        mails, numbers = self.env["mail.blacklist"].sudo(), self.env["phone.blacklist"].sudo()
        return {
            *mails.search([("email", "in", addresses)]).mapped("email"),
            *numbers.search([("number", "in", addresses)]).mapped("number"),
        }

    def _get_gone_documents(self):
        """Return the documents of these that are no more, as (model, id)."""
        wanted = {}
        for invitation in self:
            if invitation.res_model and invitation.res_id:
                wanted.setdefault(invitation.res_model, set()).add(invitation.res_id)
        gone = set()
        for model, ids in wanted.items():
            there = self.env[model].browse(ids).exists().ids if model in self.env else []
            gone |= {(model, record_id) for record_id in ids.difference(there)}
        return gone

    # the response that the link leads to

    def _prepare_responses(self):
        """Give each the response its link leads to: all in one go, unlike core."""
        self._write_end()
        missing = self.filtered(lambda invitation: not invitation.user_input_id)
        # sudo: nobody begins the response of a customer but the sending; a note that it was
        # begun says nothing that the invitation does not
        responses = self.env["survey.user_input"].sudo().with_context(tracking_disable=True)
        new = responses.create([invitation._prepare_response() for invitation in missing])
        for invitation, response in zip(missing, new, strict=True):
            invitation._sealed_write({"user_input_id": response.id})

    def _write_end(self):
        """Write until when these can be answered, counted from now."""
        for days, invitations in self.grouped(lambda one: one.survey_id.answer_days).items():
            end = sending.get_end(fields.Datetime.now(), days)
            invitations._sealed_write({"date_expires": end})
            invitations.user_input_id.deadline = end

    def _prepare_response(self):
        """Return the values of the response an invitation leads to."""
        self.ensure_one()
        partner, survey = self.partner_id, self.survey_id
        values = {
            "survey_id": survey.id,
            "invitation_id": self.id,
            "partner_id": partner.id,
            "email": partner.email,
            "nickname": partner.name,
            "deadline": self.date_expires,
        }
        if survey.is_attempts_limited:
            values["invite_token"] = self.env["survey.user_input"]._generate_invite_token()
        lang = self.env["res.lang"]._get_data(code=self._get_lang())
        if lang.id and (not survey.lang_ids or lang.id in survey.lang_ids.ids):
            values["lang_id"] = lang.id
        return values

    def _get_lang(self):
        """Return in which language the customer is asked."""
        self.ensure_one()
        wanted = (self.lang, self.partner_id.lang, self.company_id.partner_id.lang)
        # a language may have been switched off since
        langs = self.env["res.lang"]
        return next((code for code in wanted if code and langs._get_data(code=code)), "en_US")

    # what became of it

    def _follow_sending(self, failure=None, note=False):
        """The queue has sent these, or has failed to: ``failure`` says by what."""
        if failure:
            # a reminder that failed is no failure of the invitation, which has arrived
            self.filtered(lambda one: one.state == logic.QUEUED)._fail(failure, note)
            return
        now = fields.Datetime.now()
        # a mail that failed may have been sent again in the queue, by hand
        for invitation in self.filtered(lambda one: one.state in (logic.QUEUED, logic.FAILED)):
            invitation._move(
                logic.SENT, note=False, date_retry=False, date_remind=invitation._get_reminder(now)
            )

    def _fail(self, failure, note):
        """Note what went wrong, and when to try again."""
        now = fields.Datetime.now()
        for invitation in self:
            retry = sending.get_retry(failure, invitation.attempt_count, now)
            invitation._move(
                logic.FAILED,
                note=str(note or failure)[:250],
                date_retry=(retry and invitation._get_opening(retry)) or False,
            )
