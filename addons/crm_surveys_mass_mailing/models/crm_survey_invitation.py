from odoo import api, models
from odoo.tools import SQL


class CrmSurveyInvitation(models.Model):
    """Who has left all mailing lists gets no survey by mail either."""

    _inherit = "crm.survey.invitation"

    @api.model
    def _find_refused(self, addresses):
        """Add who left every list he was on, or whose last mailing was stopped by his wish.

        A member of one list who left another wants mails of us.
        """
        self.env["mailing.subscription"].flush_model()
        self.env["mailing.contact"].flush_model()
        self.env["mailing.trace"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH member AS (
                    SELECT contact.email_normalized AS email,
                           BOOL_AND(COALESCE(list.opt_out, FALSE)) AS has_left
                      FROM mailing_contact contact
                      JOIN mailing_subscription list ON list.contact_id = contact.id
                     WHERE contact.email_normalized = ANY(%(addresses)s)
                  GROUP BY contact.email_normalized),
                last_mail AS (
                    SELECT DISTINCT ON (email) email, failure_type
                      FROM mailing_trace
                     WHERE email = ANY(%(addresses)s) AND trace_type = 'mail'
                       AND is_test_trace IS NOT TRUE
                  ORDER BY email, id DESC)
                SELECT email FROM member WHERE has_left
                 UNION
                SELECT email FROM last_mail WHERE failure_type = 'mail_optout'
                   AND email NOT IN (SELECT email FROM member WHERE NOT has_left)
                """,
                addresses=list(addresses),
            )
        )
        return super()._find_refused(addresses) | {email for (email,) in rows}
