from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import invitation as logic

#: Moments of an invitation that would lead back to the person by his other traces of that time.
MOMENTS = ("decided", *(state for state in logic.STATES if state != logic.DECIDED))


class CrmSurveyInvitation(models.Model):
    """An invitation forgets whom it went to; that it was decided, and why not sent, stays."""

    _inherit = "crm.survey.invitation"

    def _forget_person(self):
        """Empty what names the person or leads to him. For the owner of the answers only."""
        for queue in ("mail.mail", "sms.sms"):
            # sudo: queues are for administrators; what is left there names him, and has his link
            left = self.env[queue].sudo()
            left.search([("crm_survey_invitation_id", "in", self.ids)]).unlink()
        self._forget_history()
        self._forget_events()
        self._forget_hours()
        return self._sealed_write(self._prepare_forgotten())

    def _prepare_forgotten(self):
        """Hook: return the values of an invitation that names nobody."""
        return {
            "partner_id": False,
            "commercial_partner_id": False,
            "res_model": False,
            "res_id": False,
            "note": False,
        }

    def _forget_history(self):
        """Delete the notes in the histories of documents and contacts: they name the customer."""
        # sudo: the notes were written by the system, on documents the actor need not see
        self.sudo().history_message_id.unlink()

    def _forget_events(self):
        """Separate the events of triggers: they know the document. It is asked about no more."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_survey_trigger_event SET invitation_id = NULL, date_due = NULL
                 WHERE invitation_id = ANY(%s)
             RETURNING id
                """,
                self.ids,
            )
        )
        self.env["crm.survey.trigger.event"].invalidate_model()

    def _forget_hours(self):
        """Leave the day of each moment, and no hour."""
        for invitation in self:
            names = [f"date_{moment}" for moment in (*MOMENTS, "planned", "expires")]
            known = {name: invitation[name] for name in names if invitation[name]}
            invitation._sealed_write({name: get_noon(value) for name, value in known.items()})

    @api.model
    def _get_over_domain(self, now):
        """Return the domain of the invitations without an answer whose time of keeping is over."""
        over = Domain.FALSE
        for company, limit in self.env["res.company"]._get_survey_limits(now):
            over |= Domain("company_id", "=", company.id) & Domain("date_decided", "<=", limit)
        return over & Domain("partner_id", "!=", False)

    @api.model
    def _get_unanswered_domain(self, now):
        """Return those of them whose response does not decide when they are forgotten."""
        answered = Domain("user_input_id.end_datetime", "!=", False)
        return self._get_over_domain(now) & ~answered

    @api.model
    def _forget_over(self, limit):
        """Forget at most so many people who were asked long ago and never answered."""
        over = self.search(self._get_unanswered_domain(fields.Datetime.now()), limit=limit)
        if over:
            over._move(logic.EXPIRED)  # a survey without an end would ask for ever
            over._forget_person()
            self.env["crm.survey.erasure"]._log("invitation", len(over))
        return len(over)


def get_noon(moment):
    """Return the day of a moment, without the hour that leads back to the person."""
    return moment.replace(hour=12, minute=0, second=0, microsecond=0)
