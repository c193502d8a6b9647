from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...logic import roles


class SurveySurvey(models.Model):
    """How a survey reaches its customers: texts, reminders, end."""

    _inherit = "survey.survey"

    invitation_template_id = fields.Many2one(
        "mail.template",
        "Mail",
        domain=[("model", "=", "crm.survey.invitation")],
        help="Text of the invitation, in each customer's language. Empty: the general one.",
    )
    reminder_template_id = fields.Many2one(
        "mail.template",
        "Mail of Reminders",
        domain=[("model", "=", "crm.survey.invitation")],
        help="Empty: the general one.",
    )
    text_template_id = fields.Many2one(
        "sms.template",
        "SMS",
        domain=[("model", "=", "crm.survey.invitation")],
        help="Text of invitations and reminders by SMS. Empty: the general one.",
    )
    answer_days = fields.Integer(
        "Days to Answer", default=30, help="Later answers are not taken. 0: no end."
    )
    reminder_limit = fields.Integer(
        "Reminders", default=1, help="At most so many; they stop with the answer. 0: none."
    )
    reminder_days = fields.Integer("Days between Reminders", default=5)
    history_moment = fields.Selection(
        [("sent", "When asked"), ("ended", "When answered or expired"), ("never", "Never")],
        "In the Customer's History",
        default="ended",
        required=True,
        help="When it is noted on the document or the contact that the customer was asked. Noted "
        "at once, employees see who is about to judge them.",
    )

    @api.constrains("answer_days", "reminder_limit", "reminder_days")
    def _check_sending(self):
        for survey in self:
            if not 0 <= survey.answer_days <= MAX_DAYS or not 0 <= survey.reminder_limit <= 5:
                raise ValidationError(
                    self.env._(
                        "%(survey)s: give 0 to %(days)s days to answer, and 0 to 5 reminders.",
                        survey=survey.title,
                        days=MAX_DAYS,
                    )
                )
            if survey.reminder_limit and not 1 <= survey.reminder_days <= MAX_DAYS:
                raise ValidationError(
                    self.env._(
                        "%(survey)s: between reminders lie 1 to %(days)s days.",
                        survey=survey.title,
                        days=MAX_DAYS,
                    )
                )

    def write(self, vals):
        closed = self.filtered("active") if vals.get("active", True) is False else self.browse()
        result = super().write(vals)
        if closed:
            # sudo: whoever may close a survey stops its mails
            invitations = self.env["crm.survey.invitation"].sudo()
            invitations._withdraw(Domain("survey_id", "in", closed.ids), "survey_closed")
        return result

    def _get_score_question(self):
        """Return the question that is answered by one click in the mail: the first figure."""
        self.ensure_one()
        scales = self.question_ids.filtered(
            lambda question: (
                question.question_type == roles.SCALE
                and question.role in (roles.NPS, roles.CSAT, roles.CES)
            )
        )
        return scales[:1]


#: Ten years: beyond it a date is a slip.
MAX_DAYS = 3650
