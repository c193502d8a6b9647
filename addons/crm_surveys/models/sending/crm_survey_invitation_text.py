import logging

from odoo import models

_logger = logging.getLogger(__name__)


class CrmSurveyInvitation(models.Model):
    """Invitations by SMS: rendered from their template and put into core's queue."""

    _inherit = "crm.survey.invitation"

    def _queue_texts(self, is_reminder=False):
        """Put an SMS for each of these into the queue, in one go."""
        values, broken = [], {}
        general = self.env.ref("crm_surveys.sms_template_invitation", raise_if_not_found=False)
        for invitation in self:
            # sudo: templates are for their editors; the text is the customer's
            template = (invitation.survey_id.text_template_id or general or self._no_text()).sudo()
            try:
                with self.env.cr.savepoint(flush=False):
                    values.append(invitation._prepare_text(template))
            except Exception as error:  # an expression of the template; kept on the invitation
                _logger.info("An SMS of survey %s fails", invitation.survey_id.id, exc_info=True)
                broken[invitation.id] = self._get_render_words(error)
        queued = self.browse([vals["crm_survey_invitation_id"] for vals in values])
        # sudo: an SMS holds the link that only the customer may read
        messages = self.env["sms.sms"].sudo()
        messages.search(
            [
                ("crm_survey_invitation_id", "in", self.ids),
                ("state", "in", ("error", "outgoing")),
            ]
        ).unlink()
        messages.create(values)
        if not is_reminder:
            self._note_queued(queued, broken)

    def _no_text(self):
        return self.env["sms.template"]

    def _prepare_text(self, template):
        """Return the values of one SMS."""
        self.ensure_one()
        words = template.with_context(lang=self._get_lang())
        body = words._render_template(words.body, self._name, self.ids)[self.id] if words else ""
        return {
            "crm_survey_invitation_id": self.id,
            "partner_id": self.partner_id.id,
            "number": self._get_address(),
            "body": body
            or f"{self.survey_id.title} {self._get_answer_url()} / {self._get_unsubscribe_url()}",
        }
