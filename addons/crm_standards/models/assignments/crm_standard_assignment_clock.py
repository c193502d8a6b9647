from __future__ import annotations

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

_logger = logging.getLogger(__name__)

#: Kinds of clocks: until it is accepted or declined, and until it is done.
ACCEPT = "crm_standards.accept"
WORK = "crm_standards.work"

ACTIVITY_TYPE = "crm_standards.mail_activity_type_assignment"


class CrmStandardAssignment(models.Model):
    """What follows from deeds: clocks run and stop, and each side learns what it has to do.

    Reminders and escalation are the business of the policies' ladders.
    """

    _inherit = "crm.standard.assignment"

    def _ask_receivers(self) -> None:
        """Put offers before their receivers: the clock of acceptance, and a to-do."""
        offers = self.sudo()  # clocks and to-dos of others
        offers._deadline_open([ACCEPT])._cancel(self.env._("Offered anew."))
        offers._clear_todos()
        for policy, group in offers.grouped("accept_policy_id").items():
            if policy:
                group._start_clock(policy, ACCEPT, "date_accept_deadline")
        for receiver, group in offers.grouped("user_id").items():
            in_his_words = group.with_context(lang=receiver.lang)
            text = in_his_words.env._("Accept or decline")
            in_his_words._put_todo(receiver, text, "date_accept_deadline")

    def _follow_deed(self, deed: str) -> None:
        """Hook: a deed was done to these assignments (in sudo)."""
        self._clear_todos()
        self._end_clocks(deed)
        if deed == "accept":
            self._begin_work()
        elif deed == "offer":
            self._ask_receivers()
        elif deed in ("decline", "finish", "return"):
            self._tell_next(deed)

    def _end_clocks(self, deed: str) -> None:
        """End the clocks that a deed answers; note whether it came too late."""
        kinds = self._get_clock_kinds(deed)
        self._deadline_open(kinds)._stop()
        if deed in ("decline", "cancel"):
            self._deadline_open([WORK, ACCEPT])._cancel(self.env._("Not to be done any more."))
        now = fields.Datetime.now()
        if ACCEPT in kinds:
            late = self.filtered(lambda a: a.date_accept_deadline and a.date_accept_deadline < now)
            late._write_fact({"is_accept_late": True})
        if WORK in kinds:
            late = self.filtered(lambda a: a.date_deadline and a.date_deadline < now)
            late._write_fact({"is_late": True})

    def _begin_work(self) -> None:
        """Start the time for the work, and make who takes over a deal its salesperson."""
        timed = self.filtered(lambda a: a.work_policy_id and not a.date_deadline)
        for policy, group in timed.grouped("work_policy_id").items():
            group._start_clock(policy, WORK, "date_deadline")
        for receiver, group in self.grouped("user_id").items():
            in_his_words = group.with_context(lang=receiver.lang)
            in_his_words._put_todo(receiver, in_his_words.env._("Carry out"), "date_deadline")
        for assignment in self.filtered(lambda a: a.is_takeover and a.lead_id):
            lead = assignment.lead_id
            if lead.user_id != assignment.user_id:
                # the team stays: who works for another team must not take the deal there
                lead.write({"user_id": assignment.user_id.id, "team_id": lead.team_id.id})

    def _tell_next(self, deed: str) -> None:
        """Tell the other side what it has to do now, and why."""
        for assignment in self:
            if deed == "return":
                person = assignment.user_id
            elif deed == "decline":
                person = assignment.sender_id
            else:
                person = assignment.controller_id
                person = person or (not assignment.duty_id and assignment.sender_id)
            if person and person != self.env.user:
                in_his_words = assignment.with_context(lang=person.lang)
                in_his_words._put_todo(person, in_his_words._say_next(deed), "date_deadline")

    def _say_next(self, deed: str) -> str:
        """Return what the other side has to do after a deed, in the language of the environment."""
        if deed == "return":
            return self.env._("Returned: do it again")
        if deed == "decline":
            return self.env._("Declined: decide what now")
        return self.env._("Done: check it")

    def _start_clock(self, policy, kind: str, name: str) -> None:
        """Start a clock and note its due time in a field.

        A calendar without hours stops nobody's work: it is logged, and the health page tells it.
        """
        try:
            with self.env.cr.savepoint():
                clocks = self._deadline_start(policy, kind)
                for due, group in clocks.grouped("date_due").items():
                    self.browse(group.mapped("res_id"))._write_fact({name: due})
        except UserError as error:
            _logger.warning("assignments by the policy %s: %s", policy.id, error)

    def _put_todo(self, person, text: str, name: str) -> None:
        """Schedule a to-do for a person on each; shown in the web client, not mailed one by one."""
        if not person.active or person._is_superuser():
            return
        today = fields.Date.context_today(self)
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        activities.create(
            [
                {
                    "activity_type_id": self.env.ref(ACTIVITY_TYPE).id,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": assignment.id,
                    "user_id": person.id,
                    "automated": True,
                    "summary": f"{text}: {assignment.name}",
                    "note": plaintext2html(assignment.reason or assignment.description or ""),
                    "date_deadline": assignment[name] or today,
                }
                for assignment in self
            ]
        )

    def _clear_todos(self) -> None:
        """Take away what was to be done before, reminders of the ladder too; the log stays."""
        self.activity_ids.filtered("automated").unlink()

    # ---- deadlines ------------------------------------------------------------------------

    def _deadline_missed(self, clocks):
        result = super()._deadline_missed(clocks)
        for kind, name in ((ACCEPT, "is_accept_late"), (WORK, "is_late")):
            late = clocks.filtered(lambda clock, kind=kind: clock.kind == kind)
            self.browse(late.mapped("res_id"))._write_fact({name: True})
        return result

    @api.model
    def _cron_mark_late(self) -> None:
        """Mark what was not done until a date that was set by hand: no clock runs for it."""
        commit = self.env["ir.cron"]._commit_progress
        late = [
            ("state", "in", ["offered", "accepted", "returned"]),
            ("date_deadline", "<", fields.Datetime.now()),
            ("is_late", "=", False),
        ]
        commit(remaining=1)
        self.search(late)._write_fact({"is_late": True})
        commit(1)
