from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...logic import calling
from ...logic import invitation as logic
from ..privacy.crm_survey_invitation import get_noon
from ..survey.survey_survey import MANAGER
from .crm_survey_call import CALLABLE

#: The calls of these say why the customer was not asked.
NOT_ASKED = {calling.WRONG_NUMBER: "wrong_number", calling.UNREACHED: "not_reached"}


class CrmSurveyInvitation(models.Model):
    """Invitations by phone: queued as calls, and ended by what comes of these."""

    _inherit = "crm.survey.invitation"

    @api.model
    def _get_callable_domain(self):
        """Return which invitations are to be queued as calls now."""
        return (
            Domain("channel", "=", "phone")
            & Domain("state", "=", logic.DECIDED)
            & (Domain("date_planned", "=", False) | Domain("date_planned", "<=", "now"))
        )

    def _queue_calls(self):
        """Put these into the queue of calls, unless something has come between."""
        ready = self._drop_obstructed()
        ready._prepare_responses()
        self.env["crm.survey.call"]._queue(ready)
        ready._move(logic.QUEUED)

    def action_call(self):
        """Let interviewers call customers who have not answered the mail."""
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Who is called, managers decide."))
        waiting = self.filtered(lambda one: one.state in CALLABLE)
        # sudo: whoever decides about calls writes neither invitations nor responses
        waiting = waiting.sudo()
        free = waiting - waiting.browse(waiting._find_call_obstacles())
        if not free:
            raise UserError(
                self.env._(
                    "None of these can be called: choose invitations that were sent and not "
                    "answered, of customers with a phone number who want to be asked."
                )
            )
        self.env["crm.survey.call"].sudo()._queue(free)  # sudo: as above
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s customers will be called.", count=len(free)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_call_opening(self, moment):
        """Return from when on the customer may be called."""
        self.ensure_one()
        return self._get_opening(moment) or moment

    def _find_call_obstacles(self):
        """Return why customers cannot be called, by id: whatever way they were asked before."""
        obstacles = self._find_obstacles()
        numbers = {one.id: one._get_number() for one in self if one.id not in obstacles}
        blacklist = self.env["phone.blacklist"].search(
            [("number", "in", [number for number in numbers.values() if number])]
        )
        blocked = set(blacklist.mapped("number"))
        for invitation_id, number in numbers.items():
            if not number:
                obstacles[invitation_id] = "no_address"
            elif number in blocked:
                obstacles[invitation_id] = "blacklisted"
        return obstacles

    def _find_obstacles(self):
        obstacles = super()._find_obstacles()
        called = self.filtered(lambda one: one.channel == "phone")
        blocked = called._get_blocked_addresses()
        for invitation in called:
            if invitation.id in obstacles:
                continue
            number = invitation._get_address()
            if not number:
                obstacles[invitation.id] = "no_address"
            elif number in blocked:
                obstacles[invitation.id] = "blacklisted"
        return obstacles

    def _get_address(self):
        return self._get_number() if self.channel == "phone" else super()._get_address()

    def _get_number(self):
        self.ensure_one()
        return self.partner_id._phone_format(number=self.partner_id.phone)

    def _extend_to(self, moment):
        """Let the customer answer until then, since he has asked for another hour."""
        if self.date_expires and self.date_expires < moment:
            self._sealed_write({"date_expires": moment})
            self.user_input_id.deadline = moment

    def _follow_call(self, outcome):
        """A call has ended without answers. What was mailed can still be answered by mail."""
        self.ensure_one()
        words = dict(
            self.env["crm.survey.call"]._fields["outcome"]._description_selection(self.env)
        )
        if outcome == calling.NO_MORE:
            self._unsubscribe("other")
        if outcome == calling.REFUSED:
            # he was reached: it counts for how often he is asked
            self._move(logic.SENT)
        if outcome in (calling.REFUSED, calling.NO_MORE) or self.channel == "phone":
            reason = NOT_ASKED.get(outcome)
            ended = self._move(logic.NOT_SENT, reason=reason) if reason else self.browse()
            if not ended:
                self._move(logic.EXPIRED, note=words[outcome])
            # the interviewer has seen the link
            self.user_input_id._renew_token()

    def _follow_move(self, state):
        result = super()._follow_move(state)
        if state in logic.ENDED:
            # sudo: whoever moves it on, a job or the customer, has no right on calls
            calls = self.env["crm.survey.call"].sudo()
            calls.search(
                [("invitation_id", "in", self.ids), ("state", "in", calling.OPEN)]
            )._close()
        return result

    def _forget_person(self):
        result = super()._forget_person()
        # sudo: the owner of the answers erases what was noted about the person, too
        calls = self.env["crm.survey.call"].sudo().search([("invitation_id", "in", self.ids)])
        calls._close()
        calls.attempt_ids.filtered("note")._sealed_write({"note": False})
        # the hours stand on the telephone bill, too
        for record, names in (
            *((call, ("date_due", "date_taken")) for call in calls),
            *((attempt, ("date",)) for attempt in calls.attempt_ids),
        ):
            known = {name: record[name] for name in names if record[name]}
            record._sealed_write({name: get_noon(value) for name, value in known.items()})
        return result
