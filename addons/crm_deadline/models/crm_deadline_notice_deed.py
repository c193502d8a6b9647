from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .deadline_text import format_moment

DIGEST_LINES = 20


class CrmDeadlineNotice(models.Model):
    """What a notice does: an activity, a mail, a server action, or a place in a digest."""

    _inherit = "crm.deadline.notice"

    def _take(self):
        """Do what the step says, for one notice."""
        self.ensure_one()
        clock = self.clock_id
        record = self.env[clock.res_model].browse(clock.res_id).exists()
        if not record:
            raise UserError(self.env._("The document is gone."))
        record = record.with_company(clock.company_id)
        if self.user_id and clock._get_shut_out(self.user_id):
            # it became secret after the step was due
            raise UserError(
                self.env._("%(user)s must not be told of it any more.", user=self.user_id.name)
            )
        if self.step_id.deed == "activity":
            self._schedule_activity(record)
        elif self.step_id.deed == "mail":
            self._send_mail(record)
        else:
            self._run_action(record)

    def _schedule_activity(self, record):
        """Schedule the step's activity on the record for the person told."""
        if "activity_ids" not in record._fields:
            raise UserError(self.env._("%(model)s has no activities.", model=record._description))
        step = self.step_id.with_context(lang=self.user_id.lang)
        # no mail for each: the activity is the notice, and a step may send a mail besides
        record.with_context(mail_activity_quick_update=True).activity_schedule(
            activity_type_id=step.activity_type_id.id,
            summary=step.summary or step.policy_id.name,
            note=self._in_language().clock_id.deadline_summary,
            user_id=self.user_id.id,
            date_deadline=self._local_date(),
        )

    def _send_mail(self, record):
        """Queue the step's mail; it leaves with the transaction that marks the notice as done."""
        template = self.step_id.template_id
        source = self.clock_id if template.model == self.clock_id._name else record
        if template.model != source._name:
            raise UserError(
                self.env._(
                    'The mail template "%(template)s" is for %(model)s, not for %(document)s.',
                    template=template.name,
                    model=template.model,
                    document=record._name,
                )
            )
        in_language = self._in_language().env.context
        template.with_context(lang=in_language["lang"], tz=in_language["tz"]).send_mail(
            source.id, email_values=self._prepare_addressee()
        )

    def _run_action(self, record):
        """Run the step's server action as the system, with the record as its subject."""
        action = self.step_id.server_action_id
        if action.model_name != record._name:
            raise UserError(
                self.env._(
                    'The server action "%(action)s" is for %(model)s, not for %(document)s.',
                    action=action.name,
                    model=action.model_name,
                    document=record._name,
                )
            )
        context = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids}
        action.with_context(**context).run()

    @api.model
    def _send_digests(self, groups):
        """Tell each person of many deadlines by one activity or mail, or both if both are asked.

        :param groups: the notices of each person
        """
        activities, mails = [], []
        for notices in groups:
            here = notices._in_language()
            count = len(notices.clock_id)
            title = here.env._("%(count)s deadlines need your attention", count=count)
            body = here._prepare_digest()
            deeds = set(notices.step_id.mapped("deed"))
            if "activity" in deeds:
                activities.append(notices._prepare_digest_activity(title, body))
            if "mail" in deeds:
                mails.append({"subject": title, "body_html": body, **notices._prepare_addressee()})
        # no mail for each activity: see _schedule_activity
        quiet = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        quiet.create(activities)
        self.env["mail.mail"].create(mails)

    def _prepare_digest_activity(self, title, body):
        """Return the values of an activity of no document, for the person told."""
        return {
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "summary": title,
            "note": body,
            "user_id": self.user_id.id,
            "date_deadline": self[0]._local_date(),
        }

    def _prepare_digest(self):
        """Return the list of the deadlines as HTML, the longest due first.

        Names stand in it only of documents the person may read; the others are counted.
        """
        clocks = self.clock_id.sorted("date_due")
        # some more than are shown: a look at all of them for each person would take long
        first = self.env["crm.deadline.clock"].browse(clocks[: 2 * DIGEST_LINES].ids)
        shown = first.with_user(self.user_id)._filtered_access("read")[:DIGEST_LINES]
        lines = Markup().join(
            Markup("<li>%s: %s</li>")
            % (format_moment(self.env, clock.date_due), clock.display_name)
            for clock in shown
        )
        body = Markup("<ul>%s</ul>") % lines
        if more := len(clocks) - len(shown):
            body += Markup("<p>%s</p>") % self.env._("and %(count)s more", count=more)
        return body

    def _in_language(self):
        """Return the notices in the language and time zone of the person told."""
        user = self.user_id
        return self.with_context(lang=user.lang or self.env.lang, tz=user.tz or self.env.tz.zone)

    def _prepare_addressee(self):
        """Return the values that address a mail to the person told, and to nobody else."""
        return {
            "recipient_ids": [Command.set(self.user_id.partner_id.ids)],
            "email_to": False,
            "email_cc": False,
        }

    def _local_date(self):
        """Return today, or the due date if that is later, where the person told lives."""
        zoned = self.with_context(tz=self.user_id.tz)
        due = fields.Datetime.context_timestamp(zoned, self.clock_id.date_due).date()
        return max(due, fields.Date.context_today(zoned))
