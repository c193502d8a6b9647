from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import calling as logic
from ...logic import invitation as invited

STATES = [
    (logic.WAITING, "To Call"),
    (logic.TALKING, "On the Phone"),
    (logic.DONE, "Answered"),
    (logic.ENDED, "Ended"),
]
OUTCOMES = [
    (logic.ANSWERED, "Answered"),
    (logic.NO_ANSWER, "No answer"),
    (logic.BUSY, "Busy"),
    (logic.CALL_BACK, "Call back"),
    (logic.REFUSED, "Refused"),
    (logic.NO_MORE, "Wants no surveys"),
    (logic.WRONG_NUMBER, "Wrong number"),
    (logic.UNREACHED, "Not reached"),
    (logic.CLOSED, "No longer needed"),
]
#: Who was given a call and did not make it has it so long for himself.
KEPT_HOURS = 12


class CrmSurveyCall(models.Model):
    """A customer who is to be asked by phone, with all attempts to reach him.

    Sealed: interviewers say what came of a call, and choose neither whom they call nor what an
    earlier call came to. No name stands here; the invitation knows the customer.
    """

    _name = "crm.survey.call"
    _description = "Phone Interview"
    _inherit = ["crm.deadline.sealed"]
    _order = "date_due, id"
    _rec_name = "survey_id"

    invitation_id = fields.Many2one(
        "crm.survey.invitation", required=True, readonly=True, ondelete="cascade", index=True
    )
    survey_id = fields.Many2one(related="invitation_id.survey_id", store=True, index=True)
    company_id = fields.Many2one(related="invitation_id.company_id", store=True, index=True)
    rated_user_id = fields.Many2one(
        related="invitation_id.user_id",
        store=True,
        string="Employee in Charge",
        groups="crm_surveys.group_manager",
        help="Interviewers are not told about whom they ask.",
    )
    value = fields.Integer(related="invitation_id.value", store=True)
    partner_id = fields.Many2one(related="invitation_id.partner_id")
    phone = fields.Char(related="partner_id.phone")
    interviewer_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default=logic.WAITING, index=True
    )
    outcome = fields.Selection(OUTCOMES, readonly=True)
    date_due = fields.Datetime("Call from", required=True, readonly=True)
    date_taken = fields.Datetime("Taken on", readonly=True)
    is_promised = fields.Boolean(
        "Promised", readonly=True, help="The customer has asked to be called then."
    )
    attempt_ids = fields.One2many("crm.survey.call.attempt", "call_id", "Attempts", readonly=True)
    attempt_count = fields.Integer("Number of Attempts", readonly=True)
    event_id = fields.Many2one("calendar.event", "In the Calendar", readonly=True)

    _one_open = models.UniqueIndex(
        "(invitation_id) WHERE state IN ('waiting', 'talking')",
        "This customer is to be called about it already.",
    )
    _due_idx = models.Index("(date_due) WHERE state = 'waiting'")

    @api.model
    def _queue(self, invitations):
        """Put customers into the queue, each when he may be called; those in it stay as they are.

        For the owner of invitations only, in sudo.
        """
        known = self.search([("invitation_id", "in", invitations.ids), ("state", "in", logic.OPEN)])
        now = fields.Datetime.now()
        return self._sealed_create(
            [
                {"invitation_id": one.id, "date_due": one._get_call_opening(now)}
                for one in invitations - known.invitation_id
            ]
        )

    def _note(self, outcome, note=False, wanted=None):
        """Note an attempt, and go on as follows from it."""
        self.ensure_one()
        now = fields.Datetime.now()
        # sudo: interviewers write nothing here but by this door
        call = self.sudo()
        call.env["crm.survey.call.attempt"]._sealed_create(
            [{"call_id": call.id, "user_id": self.env.uid, "outcome": outcome, "note": note}]
        )
        missed = call.attempt_ids.filtered(lambda one: one.outcome in logic.MISSED)
        survey = call.survey_id
        after = logic.follow(
            outcome,
            len(missed),
            survey.call_attempt_limit,
            now,
            timedelta(hours=survey.call_retry_hours),
            wanted,
        )
        call._sealed_write({"attempt_count": call.attempt_count + 1})
        call._go_on(after)

    def _go_on(self, after):
        """Bring a call into its next state, with its calendar and its invitation."""
        values = {
            "state": after.state,
            "outcome": after.outcome,
            "is_promised": after.is_promised,
        }
        if after.state == logic.WAITING:
            date = after.date
            values["date_due"] = (
                date if after.is_promised else self.invitation_id._get_call_opening(date)
            )
            if not after.is_promised:
                # whoever is free tries it next
                values["interviewer_id"] = False
        self._sealed_write(values)
        self.event_id.unlink()
        if after.is_promised:
            self._sealed_write({"event_id": self._put_into_calendar().id})
            self.invitation_id._extend_to(self.date_due + timedelta(days=1))
        elif after.state == logic.ENDED:
            self.invitation_id._follow_call(after.outcome)

    def _put_into_calendar(self):
        """Put a promised call into the interviewer's calendar; the customer gets no mail."""
        interviewer = self.interviewer_id
        events = self.env["calendar.event"].with_context(
            no_mail_to_attendees=True, mail_create_nolog=True
        )
        return events.create(
            {
                "name": self.env._(
                    "Call back: %(customer)s, %(survey)s",
                    customer=self.partner_id.display_name,
                    survey=self.survey_id.title,
                ),
                "start": self.date_due,
                "stop": self.date_due + timedelta(minutes=15),
                "user_id": interviewer.id,
                "partner_ids": [fields.Command.set(interviewer.partner_id.ids)],
                "privacy": "confidential",
            }
        )

    def _close(self):
        """End those that are open: the customer has answered elsewhere, or need not be asked."""
        still = self.filtered(lambda call: call.state in logic.OPEN)
        still._sealed_write({"state": logic.ENDED, "outcome": logic.CLOSED, "is_promised": False})
        still.event_id.unlink()

    @api.model
    def _cron_queue(self):
        """Queue those who are to be called, and free calls that were taken and not made."""
        self._free_idle()
        invitations = self.env["crm.survey.invitation"]
        invitations._work_through(invitations._get_callable_domain(), "_queue_calls")

    @api.model
    def _free_idle(self):
        """Give calls to others that were taken and not made, and promises nobody keeps.

        A call stays in use when the browser of its interviewer is closed in the middle of it, and
        a promised one when he is ill or has left.
        """
        limit = fields.Datetime.now() - timedelta(hours=KEPT_HOURS)
        taken = Domain("state", "in", logic.OPEN) & Domain("interviewer_id", "!=", False)
        idle = Domain("date_taken", "<=", limit)
        idle &= Domain("is_promised", "=", False) | Domain("date_due", "<=", limit)
        gone = Domain("interviewer_id.active", "=", False)
        calls = self.search(taken & (idle | gone)).try_lock_for_update()
        calls._sealed_write({"interviewer_id": False, "state": logic.WAITING})
        calls.event_id.unlink()


#: A customer can be called who is yet to be asked, or was written to and has not answered.
CALLABLE = [invited.SENT, invited.OPENED, invited.STARTED, invited.FAILED]
