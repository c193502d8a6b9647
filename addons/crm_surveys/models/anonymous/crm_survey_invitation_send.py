import logging
from ast import literal_eval
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import invitation as logic
from ...logic import sending
from ...logic.anonymous import SMALLEST, round_day, split
from ..sending.crm_survey_invitation_send import BATCH
from .crm_survey_invitation import BALLOTS

_logger = logging.getLogger(__name__)
#: A batch is sent in less.
INTERRUPTED = timedelta(hours=2)
#: Who waits longer for others to be asked with is not asked any more.
PATIENCE = timedelta(days=30)


class CrmSurveyInvitation(models.Model):
    """Sending anonymous surveys: in batches of at least five, past the queue of mails.

    The queue would keep each ballot beside the address it goes to. Here ballots live in the memory
    of the job and in the mailbox of the customer. What was begun is committed before the first
    mail goes out: whenever the job is stopped, nobody gets two ballots.
    """

    _inherit = "crm.survey.invitation"

    @api.model
    def _cron_send_anonymous(self):
        """Send what has come together, and give up what waited in vain."""
        commit = self.env["ir.cron"]._commit_progress
        self._end_interrupted()
        self._end_impatient()
        batches = self._get_anonymous_batches()
        commit(remaining=sum(map(len, batches)))
        for batch in batches:
            letters = {}
            try:
                with self.env.cr.savepoint():
                    letters = batch._prepare_letters()
            except Exception:  # pylint: disable=broad-except; the other batches must go out
                _logger.exception("A batch of anonymous invitations cannot be sent")
            commit(0)
            batch._post_letters(letters)
            if not commit(len(batch)):
                return

    @api.model
    def _get_anonymous_batches(self):
        """Return whom to send to now, in batches that hide each of them."""
        domain = self._get_anonymous_domain()
        groups = self._read_group(domain, ["survey_id", "company_id"], ["id:recordset"])
        return [
            self.browse(ids)
            for _survey, _company, invitations in groups
            for ids in split(sorted(invitations.ids), BATCH)
        ]

    @api.model
    def _get_anonymous_domain(self):
        now = fields.Datetime.now()
        failed = Domain("state", "=", logic.FAILED) & Domain("date_retry", "<=", now)
        return (
            Domain("survey_id.is_anonymous", "=", True)
            & (Domain("date_planned", "=", False) | Domain("date_planned", "<=", now))
            & (Domain("state", "=", logic.DECIDED) | failed)
        )

    @api.model
    def _end_interrupted(self):
        """Nobody knows whether the mail of these went out: they are not written to again."""
        began = fields.Datetime.now() - INTERRUPTED
        lost = self.search(
            Domain("survey_id.is_anonymous", "=", True)
            & Domain("state", "=", logic.QUEUED)
            & Domain("date_queued", "<=", began)
        )
        lost._move(logic.SENT, note=self.env._("The job was stopped while it sent the mail."))

    @api.model
    def _end_impatient(self):
        """Ask no more who has waited too long for others to hide among."""
        began = fields.Datetime.now() - PATIENCE
        waiting = self.search(
            self._get_anonymous_domain()
            & Domain("state", "=", logic.DECIDED)
            & Domain("date_decided", "<=", began)
        )
        for these in waiting.grouped(lambda one: (one.survey_id, one.company_id)).values():
            if len(these) < SMALLEST:
                these._move(logic.NOT_SENT, reason="too_few")

    def _prepare_letters(self):
        """Issue a ballot to each, and return the mails by invitation; nothing where they are few.

        Returns ``{id: (ballot, values of the mail)}``.
        """
        free = self.try_lock_for_update().filtered_domain(self._get_anonymous_domain())
        ready = free._drop_late()._drop_obstructed()
        ballots = self.env["crm.survey.ballot"]
        tokens = {one.id: ballots._draw() for one in ready}
        for days, these in ready.grouped(lambda one: one.survey_id.answer_days).items():
            end = sending.get_end(round_day(fields.Datetime.now()), days)
            these._sealed_write({"date_expires": end})
        rendered, broken = {}, {}
        if len(ready) >= SMALLEST:
            written = ready.with_context(**{BALLOTS: tokens})
            for template, invitations in written._group_by_template(is_reminder=False):
                done, failed = invitations._render_mails(template)
                rendered |= done
                broken |= failed
        for invitation_id, reason in broken.items():
            self.browse(invitation_id)._give_up(reason)
        if len(rendered) < SMALLEST:
            return {}
        mails = self.browse(rendered)
        ballots._issue(mails, tokens)
        mails._note_queued(mails, {})
        return {mail.id: (tokens[mail.id], mail._prepare_mail(rendered[mail.id])) for mail in mails}

    def _post_letters(self, letters):
        """Hand the mails to the mail server, and note what became of each."""
        if not letters:
            return
        failures = self._transport({key: values for key, (_ballot, values) in letters.items()})
        if failures:
            self.env["crm.survey.ballot"]._withdraw(
                [letters[key][0] for key in failures],
                [ballot for key, (ballot, _values) in letters.items() if key not in failures],
            )
        self.browse([key for key in letters if key not in failures])._follow_sending()
        for key, (failure, note) in failures.items():
            self.browse(key)._follow_sending(failure, note)

    @api.model
    def _transport(self, mails):
        """Send the mails, and return (kind, words) of those that failed, by invitation."""
        servers, failures, session = self.env["ir.mail_server"], {}, None
        try:
            session = servers._connect__(smtp_from=next(iter(mails.values()))["email_from"])
        except Exception as error:  # whatever the server says, it is tried again later
            return dict.fromkeys(mails, ("mail_smtp", str(error)))
        for key, values in mails.items():
            try:
                message = servers._build_email__(
                    values["email_from"],
                    [values["email_to"]],
                    values["subject"],
                    values["body_html"],
                    reply_to=values["reply_to"],
                    subtype="html",
                    headers=literal_eval(values["headers"]),
                )
                servers.send_email(message, smtp_session=session)
            except AssertionError as error:  # so core says that an address is none
                failures[key] = ("mail_email_invalid", str(error))
            except Exception as error:  # as above
                failures[key] = ("mail_smtp", str(error))
        if session:
            session.quit()
        return failures
