from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...logic import calling as logic
from ...logic import invitation as invited

INTERVIEWER = "crm_surveys.group_interviewer"
#: So many calls are looked at for the next one; others work at the same queue.
LOOKED_AT = 50


class CrmSurveyCall(models.Model):
    """The interviewer's page: the next call, the questions, and what came of it.

    Nobody chooses whom he calls, and nobody asks about himself.
    """

    _inherit = "crm.survey.call"

    @api.model
    def take_next(self):
        """Give the user the call to make now; return what the page shows, or nothing."""
        self._check_role()
        mine = Domain("interviewer_id", "=", self.env.uid)
        talking = self.search(mine & Domain("state", "=", logic.TALKING), limit=1)
        if talking:
            return talking._prepare_card()
        free = Domain("interviewer_id", "=", False)
        for call in self._find_due(mine) + self._find_due(free):
            if call.try_lock_for_update() and call._take():
                return call._prepare_card()
        return False

    @api.model
    def _find_due(self, domain):
        """Return calls the user could make now, those to be made first in front."""
        # sudo: about whom a call is decides who may make it, and interviewers are not told
        calls = self.sudo().search(
            domain
            & Domain("state", "=", logic.WAITING)
            & Domain("date_due", "<=", "now")
            & Domain("rated_user_id", "!=", self.env.uid)
            & Domain("company_id", "in", self.env.companies.ids),
            order="is_promised desc, value desc, date_due, id",
            limit=LOOKED_AT,
        )
        return calls.with_env(self.env)

    def _take(self):
        """Make it the user's, unless the customer must not be called any more."""
        # sudo: what stands in the way, interviewers do not read
        call = self.sudo()
        if call.rated_user_id == self.env.user:
            return False
        obstacle = call.invitation_id._find_call_obstacles().get(call.invitation_id.id)
        if obstacle:
            call._close()
            call.invitation_id._move(invited.NOT_SENT, reason=obstacle)
            return False
        call._sealed_write({"interviewer_id": self.env.uid, "date_taken": fields.Datetime.now()})
        return True

    def get_card(self):
        """Return what the page shows of the user's call."""
        self._check_own()
        return self._prepare_card()

    def start_interview(self):
        """The customer is on the phone and willing: show his questions."""
        self._check_own(logic.OPEN)
        # sudo: interviewers neither read invitations nor responses
        call = self.sudo()
        invitation = call.invitation_id
        invitation._prepare_responses()
        # he was reached: it counts for how often he is asked
        if not invitation._move(invited.SENT):
            # a mail that failed, or one he has had
            invitation._move(invited.OPENED)
        call._sealed_write({"state": logic.TALKING})
        return self._prepare_card()

    def save_outcome(self, outcome, note=False, date=False):
        """Note what came of the call."""
        self._check_own(logic.OPEN)
        if outcome not in logic.SAID:
            raise UserError(self.env._("Say what came of the call: choose one of the buttons."))
        words = self._read_note(note) or False
        wanted = self._read_moment(date) if outcome == logic.CALL_BACK else None
        self._note(outcome, words, wanted)
        return True

    def save_note(self, note):
        """Keep what was noted while the customer answered: his last answer has ended the call."""
        self._check_own((logic.DONE,))
        # sudo: interviewers write nothing here but by this door
        last = self.sudo().attempt_ids[:1]
        words = self._read_note(note)
        if words and not last.note and last.user_id == self.env.user:
            last._sealed_write({"note": words})
        return True

    def _read_note(self, note):
        """Return a note as it is kept, at most 500 characters; refuse what is none."""
        if note and not isinstance(note, str):
            raise UserError(self.env._("Write a note in words."))
        return (note or "").replace("\x00", "").strip()[:500]

    def _read_moment(self, date):
        """Return when the customer wants to be called; refuse what cannot be promised."""
        try:
            wanted = fields.Datetime.to_datetime(date)
        except (TypeError, ValueError, AttributeError, KeyError):
            wanted = None
        if not wanted or not logic.can_call_back(wanted, fields.Datetime.now()):
            raise UserError(
                self.env._(
                    "Say when to call back: a moment to come, in the next %(days)s days.",
                    days=logic.CALL_BACK_DAYS,
                )
            )
        return wanted

    def _check_role(self):
        if not self.env.user.has_group(INTERVIEWER):
            raise AccessError(self.env._("Customers are called by interviewers."))

    def _check_own(self, states=None):
        """Refuse calls of others, calls about the user, and calls that are over."""
        self._check_role()
        if len(self) != 1:
            raise UserError(self.env._("Open one call."))
        if not self.exists():
            raise UserError(self.env._("This call is gone. Take the next one."))
        self.check_access("read")
        # sudo: about whom it is decides, and is not told
        if self.interviewer_id != self.env.user or self.sudo().rated_user_id == self.env.user:
            raise AccessError(self.env._("This call is not yours. Take the next one."))
        if states and self.state not in states:
            raise UserError(self.env._("This call is over. Take the next one."))

    def _prepare_card(self):
        """Return what the interviewer sees: nothing about who is judged by the answers."""
        # sudo: the customer's name and number, and the link, without the invitation
        call = self.sudo()
        invitation, survey = call.invitation_id, call.survey_id
        response = invitation.user_input_id
        outcomes = dict(call._fields["outcome"]._description_selection(self.env))
        company = invitation.commercial_partner_id
        link = f"/survey/{survey.access_token}/{response.access_token}"
        return {
            "id": call.id,
            "state": call.state,
            "survey": survey.title,
            "customer": call.partner_id.name or "",
            "company": company.name if company != call.partner_id else "",
            "phone": call.phone or "",
            "is_promised": call.is_promised,
            "script": survey._get_call_script(call.partner_id),
            "url": link if call.state == logic.TALKING else False,
            "attempts": [
                {
                    "id": one.id,
                    "date": fields.Datetime.to_string(one.date),
                    "outcome": outcomes[one.outcome],
                    "note": one.note or "",
                }
                for one in call.attempt_ids
            ],
        }
