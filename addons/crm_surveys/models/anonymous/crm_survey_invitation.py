from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: Ballots by invitation, while their mails are written: they are in no table.
BALLOTS = "crm_survey_ballots"
NAMED = Domain("survey_id.is_anonymous", "!=", True)


class CrmSurveyInvitation(models.Model):
    """An invitation to an anonymous survey: by mail, without a response, and never "answered"."""

    _inherit = "crm.survey.invitation"

    @api.model
    def _judge(self, vals, moment, known, trial):
        if self.env["survey.survey"].browse(vals["survey_id"]).is_anonymous:
            vals = {**vals, "channel": "mail", "second_channel": False}
        return super()._judge(vals, moment, known, trial)

    @api.model
    def _get_sendable_domain(self):
        return super()._get_sendable_domain() & NAMED

    @api.model
    def _get_callable_domain(self):
        return super()._get_callable_domain() & NAMED

    def _check_named(self):
        """Refuse ways of asking that know who answers."""
        anonymous = self.survey_id.filtered("is_anonymous")
        if anonymous:
            raise UserError(
                self.env._(
                    "%(survey)s is anonymous: it is answered by the link in the mail only, and not "
                    "on the phone or on paper. Leave these invitations out.",
                    survey=anonymous[0].title,
                )
            )

    def action_call(self):
        self.check_access("read")
        self._check_named()
        return super().action_call()

    def action_print_sheet(self):
        self.check_access("read")
        self._check_named()
        return super().action_print_sheet()

    def _prepare_responses(self):
        self._check_named()
        return super()._prepare_responses()

    # the mail

    def _get_answer_url(self):
        if not self.survey_id.is_anonymous:
            return super()._get_answer_url()
        ballot = self.env.context.get(BALLOTS, {}).get(self.id)
        if not ballot:
            raise UserError(self.env._("The survey is anonymous: its link is in the first mail."))
        lang = self._get_lang()
        return f"{self.get_base_url()}/customer-survey/ballot/{ballot}?lang={lang}"

    def _get_score_links(self):
        # one click is a moment
        return [] if self.survey_id.is_anonymous else super()._get_score_links()

    def _group_by_template(self, is_reminder):
        anonymous = self.filtered("survey_id.is_anonymous")
        yield from super(CrmSurveyInvitation, self - anonymous)._group_by_template(is_reminder)
        kind = "anonymous_reminder" if is_reminder else "anonymous"
        field = "reminder_template_id" if is_reminder else "invitation_template_id"
        general = self.env.ref(f"crm_surveys.crm_survey_mail_template_{kind}", False)
        groups = anonymous.grouped(lambda one: (one.survey_id[field] or general, one._get_lang()))
        for (template, lang), invitations in groups.items():
            # sudo: templates of mails are for their editors; the text is the customer's
            named = self.env["mail.template"].sudo().with_context(lang=lang)
            yield named.browse(template and template.id), invitations
