import json

from odoo import api, fields, models
from odoo.tools import SQL

#: What differs between the mails of a batch, by the table it lies in.
MESSAGE = ("message_id", "subject", "email_from", "reply_to")
MAIL = ("email_to", "headers", "body_html", "crm_survey_invitation_id")


class MailMail(models.Model):
    """The mail of an invitation: when it has gone out or failed, the invitation knows."""

    _inherit = "mail.mail"

    crm_survey_invitation_id = fields.Many2one(
        "crm.survey.invitation",
        "Invitation to a Survey",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.model
    def _create_survey_mails(self, vals_list):
        """Put mails of invitations into the queue.

        The first is created as any other. The others are its copies with their own words, by one
        statement: core computes the same defaults for each again.
        """
        if not vals_list:
            return
        first = self.create(vals_list[0])
        self.env.flush_all()
        messages = self.env["mail.message"]
        others = [{**vals, "message_id": messages._get_message_id(vals)} for vals in vals_list[1:]]
        if others:
            self.env.execute_query(first._get_copy_query(others))

    def _get_copy_query(self, rows):
        """Return the statement that inserts a copy of a mail and of its message for each row."""
        self.ensure_one()
        kept_of_message = _get_kept(self.mail_message_id, MESSAGE)
        kept_of_mail = _get_kept(self, {*MAIL, "mail_message_id"})
        return SQL(
            """
            WITH row AS (
                SELECT * FROM json_to_recordset(%(rows)s) AS row (
                    message_id varchar, subject varchar, email_from varchar, reply_to varchar,
                    email_to text, headers text, body_html text,
                    crm_survey_invitation_id integer)),
            message AS (
                INSERT INTO mail_message (message_id, subject, email_from, reply_to, %(message)s)
                SELECT row.message_id, row.subject, row.email_from, row.reply_to, %(of_message)s
                  FROM row, (SELECT * FROM mail_message WHERE id = %(message_id)s) AS first
             RETURNING id, message_id)
            INSERT INTO mail_mail (mail_message_id, email_to, headers, body_html,
                                   crm_survey_invitation_id, %(mail)s)
            SELECT message.id, row.email_to, row.headers, row.body_html,
                   row.crm_survey_invitation_id, %(of_mail)s
              FROM row JOIN message USING (message_id),
                   (SELECT * FROM mail_mail WHERE id = %(mail_id)s) AS first
         RETURNING id
            """,
            rows=json.dumps([{name: row[name] or None for name in MESSAGE + MAIL} for row in rows]),
            message=_name(kept_of_message),
            of_message=_name(kept_of_message, "first"),
            message_id=self.mail_message_id.id,
            mail=_name(kept_of_mail),
            of_mail=_name(kept_of_mail, "first"),
            mail_id=self.id,
        )

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # sudo: a mail may be sent by anybody, and the invitation follows; first, as core may
        # delete the mail
        invitations = self.sudo().crm_survey_invitation_id
        if invitations:
            invitations._follow_sending(failure_type, failure_reason)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )


def _get_kept(record, own):
    """Return the columns in which copies are like the first."""
    return [
        name
        for name, field in record._fields.items()
        if field.store and field.column_type and name not in own and name != "id"
    ]


def _name(names, table=None):
    """Return names of columns, with their table in front."""
    return SQL(", ").join(
        SQL.identifier(table, name) if table else SQL.identifier(name) for name in names
    )
