import logging
from dataclasses import dataclass

from lxml import html

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.mail import formataddr

from ...logic import invitation as logic
from .crm_survey_qweb import KEPT

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rendered:
    """A mail to one customer."""

    subject: str
    body: str
    sender: str


class CrmSurveyInvitation(models.Model):
    """The mails of invitations: rendered from their template and put into core's queue."""

    _inherit = "crm.survey.invitation"

    def _queue_mails(self, is_reminder=False):
        """Put the mails of these into the queue of outgoing mails, in one go.

        A mail that cannot be rendered fails alone; its invitation says why.
        """
        rendered, broken = {}, {}
        for template, invitations in self._group_by_template(is_reminder):
            done, failed = invitations._render_mails(template)
            rendered |= done
            broken |= failed
        self._get_queued_before().unlink()
        mails = self.browse(rendered)
        author = self.env.ref("base.partner_root").id
        # sudo: mails belong to administrators, and hold what only the customer may read
        self.env["mail.mail"].sudo()._create_survey_mails(
            [{**mail._prepare_mail(rendered[mail.id]), "author_id": author} for mail in mails]
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        if not is_reminder:
            self._note_queued(mails, broken)

    def _note_queued(self, queued, broken):
        """Note which of these have come into a queue, and what is wrong with the others."""
        for attempts, invitations in self.grouped("attempt_count").items():
            invitations._sealed_write({"attempt_count": attempts + 1})
        queued._move(logic.QUEUED, note=False, date_retry=False)
        for invitation_id, reason in broken.items():
            self.browse(invitation_id)._give_up(reason)

    def _get_queued_before(self):
        """Return mails left from earlier attempts, those sent again by hand included."""
        # sudo: as above
        mails = self.env["mail.mail"].sudo()
        left = Domain("state", "in", ("exception", "outgoing"))
        return mails.search(left & Domain("crm_survey_invitation_id", "in", self.ids))

    def _group_by_template(self, is_reminder):
        """Return the template in its language, and the invitations that are written by it."""
        field = "reminder_template_id" if is_reminder else "invitation_template_id"
        kind = "reminder" if is_reminder else "invitation"
        general = self.env.ref(
            f"crm_surveys.crm_survey_mail_template_{kind}", raise_if_not_found=False
        )
        templates = self.env["mail.template"]
        groups = self.grouped(
            lambda one: (one.survey_id[field].id or (general and general.id), one._get_lang())
        )
        for (template_id, lang), invitations in groups.items():
            # sudo: templates of mails are for their editors; the text is the customer's
            yield templates.sudo().with_context(lang=lang).browse(template_id), invitations

    def _render_mails(self, template):
        """Return the mails, and why others cannot be written, both by invitation."""
        if not template.exists() or template.model != self._name:
            return {}, dict.fromkeys(self.ids, self.env._("The template of the mail is gone."))
        text = html.fragment_fromstring(template.body_html or "", create_parent="div")
        qweb = self.env["crm.survey.qweb"].with_context(
            **{KEPT: {}, "lang": template.env.context["lang"]}
        )
        return self.with_env(template.env)._render_apart(template, qweb, text)

    def _render_apart(self, template, qweb, text):
        """Render together; where an expression fails, one by one, to find whose mail it is."""
        try:
            with self.env.cr.savepoint(flush=False):
                return self._render_together(template, qweb, text), {}
        except Exception as error:  # an expression of the template; kept on the invitation
            if len(self) == 1:
                _logger.info("A mail of survey %s fails", self.survey_id.id, exc_info=True)
                return {}, {self.id: self._get_render_words(error)}
        done, failed = {}, {}
        for invitation in self:
            rendered, broken = invitation._render_apart(template, qweb, text)
            done |= rendered
            failed |= broken
        return done, failed

    def _render_together(self, template, qweb, text):
        """Return the mails by invitation; one expression that fails, fails all."""
        values = template._render_eval_context()
        subjects, senders = (
            template._render_template(template[name], self._name, self.ids)
            for name in ("subject", "email_from")
        )
        rendered = {}
        for invitation in self:
            body = qweb._render(text, {**values, "object": invitation})[5:-6]
            sender = senders[invitation.id] or invitation._get_sender()
            rendered[invitation.id] = Rendered(subjects[invitation.id], body, sender)
        return rendered

    def _get_render_words(self, error):
        cause = error if isinstance(error, UserError) else error.__cause__ or error
        return self.env._(
            "The template of the mail is broken: %(error)s", error=str(cause).split("\n")[0]
        )

    def _get_sender(self):
        """Return from whom the mail comes if the template does not say."""
        self.ensure_one()
        company = self.company_id
        return company.email_formatted or formataddr((company.name, "noreply@localhost"))

    def _prepare_mail(self, rendered):
        """Return the values of one mail. It belongs to no record: nobody reads the link in it."""
        self.ensure_one()
        url = self._get_unsubscribe_url()
        return {
            "crm_survey_invitation_id": self.id,
            "subject": rendered.subject,
            "body_html": rendered.body,
            "email_from": rendered.sender,
            "reply_to": rendered.sender,
            "email_to": formataddr((self.partner_id.name or "", self.partner_id.email_normalized)),
            "auto_delete": True,
            "headers": repr(
                {
                    "List-Unsubscribe": f"<{url}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                    "X-Auto-Response-Suppress": "OOF",
                    "Precedence": "bulk",
                }
            ),
        }
