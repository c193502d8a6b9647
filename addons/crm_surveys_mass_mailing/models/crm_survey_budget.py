from odoo import api, models
from odoo.tools import SQL

#: A mail or SMS in these states has reached somebody, or is about to.
REACHING = ["outgoing", "process", "pending", "sent", "open", "reply"]


class CrmSurveyBudget(models.Model):
    """Mailings tire customers as well: each mail and SMS of one counts as being asked."""

    _inherit = "crm.survey.budget"

    @api.model
    def _get_touch_queries(self):
        """Add the mails and SMS of mailings.

        Whom they reached is told by the contact they were sent to, or by the address. Contacts
        with one address are one person, and the mail counts once: for the first of them. An SMS
        to other documents than contacts, leads and members of lists names nobody we know.
        """
        return [
            *super()._get_touch_queries(),
            self._get_trace_query(
                SQL("JOIN res_partner person ON person.id = trace.res_id"),
                SQL("trace.model = 'res.partner'"),
            ),
            self._get_trace_query(
                SQL("JOIN res_partner person ON person.email_normalized = trace.email"),
                SQL("trace.model != 'res.partner' AND trace.trace_type = 'mail' AND %s", FIRST),
            ),
            self._get_trace_query(
                SQL(
                    """JOIN crm_lead lead ON lead.id = trace.res_id
                       JOIN res_partner person ON person.id = lead.partner_id"""
                ),
                SQL("trace.model = 'crm.lead' AND trace.trace_type = 'sms'"),
            ),
            self._get_trace_query(
                SQL(
                    """JOIN mailing_contact member ON member.id = trace.res_id
                       JOIN res_partner person
                         ON person.email_normalized = member.email_normalized"""
                ),
                SQL("trace.model = 'mailing.contact' AND trace.trace_type = 'sms' AND %s", FIRST),
            ),
        ]

    @api.model
    def _get_trace_query(self, join, condition):
        """Return when the persons of a join were written to by mailings that were no trial."""
        return SQL(
            """
            SELECT person.id AS partner_id,
                   COALESCE(person.commercial_partner_id, person.id) AS commercial_partner_id,
                   COALESCE(trace.sent_datetime, trace.create_date) AS date,
                   trace.trace_type AS channel, NULL::integer AS trigger_id,
                   NULL::integer AS waiting_id
              FROM mailing_trace trace %s
             WHERE %s AND trace.trace_status = ANY(%s) AND trace.is_test_trace IS NOT TRUE
            """,
            join,
            condition,
            REACHING,
        )


#: Of several contacts with one address the first.
FIRST = SQL(
    """NOT EXISTS (SELECT FROM res_partner twin
                    WHERE twin.email_normalized = person.email_normalized
                      AND twin.id < person.id)"""
)
