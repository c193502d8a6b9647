from __future__ import annotations

import logging

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...logic.task import is_over
from ...logic.terms import within

_logger = logging.getLogger(__name__)

#: Kinds of clocks: until it is accepted or refused, and until it is done.
ACCEPT = "crm_complaints.accept"
WORK = "crm_complaints.work"
#: Where the due time of each stands, and the mark that it was missed.
DEADLINES = {
    ACCEPT: ("date_accept_deadline", "is_accept_late"),
    WORK: ("date_deadline", "is_late"),
}

ACTIVITY_TYPE = "crm_complaints.mail_activity_type_task"


class CrmComplaintTask(models.Model):
    """What follows from deeds: clocks run and stop, and each side learns what it has to do.

    Reminders and escalation are the business of the policies' ladders, which send one digest
    instead of many messages.
    """

    _inherit = "crm.complaint.task"

    def _put_before_receivers(self):
        """Put new offers before those who get them: the clock of acceptance, and a to-do.

        One's own work needs no acceptance: nobody hands over to himself.
        """
        # sudo: clocks and to-dos of others
        offers = self.sudo().filtered(lambda task: task.state == "offered")
        own = offers.filtered(lambda task: task._is_own())
        for policy, group in (offers - own).grouped("accept_policy_id").items():
            if policy:
                group._start_clock(policy, ACCEPT)
        (offers - own)._put_todo("user_id", self.env._("Accept or refuse"))
        if own:
            own._do("accept", party="system")

    def _is_own(self):
        """Tell whether the task needs no acceptance, being one's own."""
        self.ensure_one()
        return bool(self.user_id) and self.user_id == self.env.user

    def _follow_deed(self, deed):
        """Hook: a deed was done to these tasks (in sudo)."""
        self._clear_todos()
        self._end_clocks(deed)
        if deed == "accept":
            self._begin_work()
        elif deed == "offer":
            self._put_before_receivers()
        elif deed == "return":
            self._put_todo("user_id", self.env._("Returned: do it again"))
        elif deed == "refuse":
            self._put_todo("director", self.env._("Refused: decide what now"))
        elif deed == "finish":
            checked = self.filtered("controller_id")
            checked._put_todo("controller_id", self.env._("Done: check it"))
        over = self.filtered(lambda task: is_over(task.state, is_checked=bool(task.controller_id)))
        over.complaint_id._continue_process(over)

    def _end_clocks(self, deed):
        """End the clocks that a deed answers; note whether it came too late."""
        kinds = {"accept": [ACCEPT], "refuse": [ACCEPT], "finish": [WORK]}.get(deed, [])
        for kind in kinds:
            clocks = self._deadline_open([kind])
            clocks._stop()
            name, mark = DEADLINES[kind]
            self._find_late(clocks, name)._write_fact({mark: True})
        if deed in ("refuse", "cancel", "offer"):
            self._deadline_open([WORK, ACCEPT])._cancel(self.env._("Not to be done any more."))

    def _find_late(self, clocks, name):
        """Return the tasks that missed their clock, or without one the time in field ``name``."""
        missed = clocks.filtered(lambda clock: clock.state == "missed").mapped("res_id")
        timed, now = clocks.mapped("res_id"), fields.Datetime.now()
        untimed = self.filtered(lambda task: task.id not in timed and task[name])
        return self.browse(missed) | untimed.filtered(lambda task: task[name] < now)

    def _begin_work(self):
        """Start the time for the work, and remind who does it."""
        timed = self.filtered(lambda task: task.work_policy_id and not task.date_deadline)
        for policy, group in timed.grouped("work_policy_id").items():
            group._start_clock(policy, WORK)
        self.filtered("complaint_id.date_waiting")._pause_work()
        self._put_todo("user_id", self.env._("Carry out"))

    def _start_clock(self, policy, kind):
        """Start a clock and note its due time on the task.

        A calendar without hours stops nobody's work: it is logged, and the policy tells it.
        """
        try:
            with self.env.cr.savepoint():
                self._note_due(self._deadline_start(policy, kind))
        except UserError as error:
            _logger.warning("tasks by the policy %s: %s", policy.id, error)

    def _note_due(self, clocks):
        """Note on the tasks until when they are to be accepted or done."""
        for (due, kind), group in clocks.grouped(lambda c: (c.date_due, c.kind)).items():
            self.browse(group.mapped("res_id"))._write_fact({DEADLINES[kind][0]: due})

    def _pause_work(self):
        """Stop the time of these tasks: the customer is waited for (in sudo)."""
        clocks = self.filtered("is_open")._deadline_open([WORK]) if self else None
        if clocks:
            running = clocks.filtered(lambda clock: clock.state == "running")
            running._pause(self.env._("waiting for the customer"))

    def _resume_work(self, date):
        """Let the time of these tasks go on from ``date``, when the customer wrote (in sudo)."""
        clocks = self.filtered("is_open")._deadline_open([WORK]) if self else None
        if clocks:
            now = fields.Datetime.now()
            paused = clocks.filtered(lambda clock: clock.state == "paused")
            paused._resume({clock.id: within(date, clock.date_last, now) for clock in paused})
            self._note_due(paused)

    def _put_todo(self, whose, text):
        """Schedule a to-do on each; shown in the web client, not mailed one by one."""
        today = fields.Date.context_today(self)
        kind = self.env.ref(ACTIVITY_TYPE, raise_if_not_found=False)
        model_id = self.env["ir.model"]._get_id(self._name)
        vals_list = [
            {
                "activity_type_id": kind.id if kind else False,
                "res_model_id": model_id,
                "res_id": task.id,
                "user_id": person.id,
                "automated": True,
                "summary": f"{text}: {task.name}",
                "note": plaintext2html(task.reason or task.description or ""),
                "date_deadline": task.date_deadline or task.date_accept_deadline or today,
            }
            for task in self
            for person in task._get_todo_person(whose)
        ]
        if vals_list:
            activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
            activities.create(vals_list)

    def _get_todo_person(self, whose):
        """Return who is reminded: a field of the task, or whoever directs it; maybe nobody."""
        self.ensure_one()
        if whose == "director":
            person = self.sender_id or self.complaint_id.user_id or self.team_id.user_id
        else:
            person = self[whose]
        person = self.complaint_id._filter_let_in(person)
        return person.filtered(lambda user: user.active and not user._is_superuser())

    def _clear_todos(self):
        """Take away what was to be done before, reminders of the ladder too; the log stays."""
        self.activity_ids.filtered("automated").unlink()

    # ---- deadlines ------------------------------------------------------------------------

    def _deadline_missed(self, clocks):
        result = super()._deadline_missed(clocks)
        for kind, (_name, mark) in DEADLINES.items():
            late = clocks.filtered(lambda clock, kind=kind: clock.kind == kind)
            self.browse(late.mapped("res_id"))._write_fact({mark: True})
        return result

    def _deadline_moved(self, clocks):
        """Follow with the due times that stand on the tasks."""
        result = super()._deadline_moved(clocks)
        self._note_due(clocks.filtered(lambda clock: clock.kind in DEADLINES))
        return result

    def _deadline_get_shut_out(self, users):
        """Have the ladder tell nobody who must not see the complaint."""
        # sudo: the ladder runs as the system
        tasks = {task.id: task.complaint_id for task in self.sudo()}
        return {key: users - complaint._filter_let_in(users) for key, complaint in tasks.items()}

    def _deadline_get_leaders(self):
        """Remind no leader of a complaint he must not see."""
        leaders = super()._deadline_get_leaders()
        # sudo: the ladder runs as the system
        tasks = {task.id: task.complaint_id for task in self.sudo()}
        return {key: tasks[key]._filter_let_in(leader) for key, leader in leaders.items()}
