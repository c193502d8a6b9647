from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql

from ..survey.survey_survey import OURS

BATCH = 500
#: What stands where words were erased.
ERASED = "[…]"


class SurveyUserInput(models.Model):
    """Anonymizing: who answered and his own words are gone, what is counted stays.

    Scores, choices, dates, channel, product and the employees in charge stay, so that no figure
    changes. There is no way back.
    """

    _inherit = "survey.user_input"

    date_anonymized = fields.Datetime(
        "Anonymized", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model
    def _get_person_domain(self, partner):
        """Return the domain of the responses of a person, or of a company and its people."""
        people = Domain("partner_id", "child_of", partner.id)
        if partner.email_normalized:
            people |= Domain("email", "=ilike", escape_psql(partner.email_normalized))
        return (
            people & Domain("survey_id.survey_type", "=", OURS) & Domain("test_entry", "!=", True)
        )

    def _anonymize(self, kind):
        """Take the person out of responses to our surveys.

        :param kind: why, as the log of privacy calls it
        """
        # sudo: the whole response loses its person, whatever parts of it the actor sees
        responses = self.sudo().filtered(
            lambda response: not response.date_anonymized and response.survey_id.survey_type == OURS
        )
        if not responses:
            return responses
        self.env.flush_all()
        self._erase_messages(responses)
        responses._erase_person()
        responses._erase_words()
        self.env.invalidate_all(flush=False)
        responses.invitation_id._forget_person()
        # the figures are drawn anew from what is left: without the person, else the same
        self.env["crm.survey.fact"].sudo()._upsert(SQL("response.id = ANY(%s)", responses.ids))
        self.env["crm.survey.erasure"]._log(kind, len(responses))
        return responses

    def _erase_person(self):
        """Empty what names the person; by SQL, since finished responses refuse every change."""
        columns = SQL(", ").join(
            SQL("%s = NULL", SQL.identifier(name)) for name in self._get_person_columns()
        )
        self.env.cr.execute(
            SQL(
                # hours lead back to him by his other traces; the end is that of the figures
                "UPDATE survey_user_input SET %s, date_anonymized = %s, "
                "create_date = date_trunc('day', create_date), "
                "start_datetime = date_trunc('day', start_datetime) WHERE id = ANY(%s)",
                columns,
                fields.Datetime.now(),
                self.ids,
            )
        )

    @api.model
    def _get_person_columns(self):
        """Hook: return the columns of a response that lead to the person; documents do, too."""
        return [
            "partner_id",
            "commercial_partner_id",
            "email",
            "nickname",
            "invite_token",
            "res_model",
            "res_id",
        ]

    @api.model
    def _erase_messages(self, records):
        """Delete all that was written on records, with the mails to those it was assigned to.

        ``message_ids`` leaves these mails out, and they have the customer's name.
        """
        # sudo: all that was written about the person goes, whoever sees it
        messages = self.env["mail.message"].sudo()
        messages.search([("model", "=", records._name), ("res_id", "in", records.ids)]).unlink()

    def _erase_words(self):
        """Replace what the person wrote, in answers and in comments."""
        texts = ("value_text_box", "value_char_box")
        self.env.cr.execute(
            SQL(
                "UPDATE survey_user_input_line SET %s WHERE user_input_id = ANY(%s)",
                SQL(", ").join(
                    SQL("%s = CASE WHEN %s > '' THEN %s END", *[SQL.identifier(name)] * 2, ERASED)
                    for name in texts
                ),
                self.ids,
            )
        )

    @api.model
    def _cron_anonymize(self):
        """Anonymize the responses whose time of keeping is over, by batches.

        Then forget whom invitations went to that nobody has answered.
        """
        now = fields.Datetime.now()
        over, last = self._get_over_domain(now), 0
        invitations = self.env["crm.survey.invitation"]
        commit = self.env["ir.cron"]._commit_progress
        unanswered = invitations.search_count(invitations._get_unanswered_domain(now))
        commit(remaining=self.search_count(over) + unanswered)
        while batch := self.search(over & Domain("id", ">", last), order="id", limit=BATCH):
            last = batch[-1].id
            batch._anonymize("retention")
            if not commit(len(batch)):
                return
        # those whose unanswered response was anonymized above are forgotten with it
        while count := invitations._forget_over(BATCH):
            if not commit(count):
                return

    @api.model
    def _get_over_domain(self, now):
        """Return the domain of the responses whose time of keeping is over.

        It runs from the answer; of those never finished from the day the customer was asked.
        """
        over = Domain.FALSE
        for company, limit in self.env["res.company"]._get_survey_limits(now):
            unfinished = Domain("end_datetime", "=", False) & Domain("create_date", "<=", limit)
            over |= Domain("company_id", "=", company.id) & (
                Domain("end_datetime", "<=", limit) | unfinished
            )
        return (
            over
            & Domain("survey_id.survey_type", "=", OURS)
            & Domain("date_anonymized", "=", False)
        )

    def _export_person(self):
        """Return what the person said, and what is known about each asking."""
        return [
            {
                "survey": response.survey_id.title,
                "asked": response.create_date,
                "answered": response.end_datetime or None,
                "channel": response.channel or None,
                "name": response.nickname or response.partner_id.name or None,
                "email": response.email or None,
                "answers": [
                    {
                        "question": line.question_id.title,
                        "answer": None if line.skipped else line.display_name,
                    }
                    for line in response.user_input_line_ids
                ],
            }
            for response in self
        ]
