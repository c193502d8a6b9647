from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...logic.task import DeedError, judge
from ...way import way_of


class CrmComplaintTask(models.Model):
    """What people do to tasks. The logic decides whether it is theirs to do."""

    _inherit = "crm.complaint.task"

    def action_accept(self):
        """Take it on; the time for the work begins."""
        self._do("accept")

    def action_start(self):
        """Say that the work has begun."""
        self._do("start")

    def action_check(self):
        """Say that it was done well."""
        self._do("check")

    def action_finish(self):
        """Ask for the result, and what follows where there is a choice."""
        return self._ask("finish", self.env._("Finish"))

    def action_refuse(self):
        """Ask why it is refused, then give it back."""
        return self._ask("refuse", self.env._("Refuse"))

    def action_return(self):
        """Ask what is wrong with it, then give it back to who did it."""
        return self._ask("return", self.env._("Return"))

    def action_cancel(self):
        """Ask why it is not needed any more."""
        return self._ask("cancel", self.env._("Cancel"))

    def action_offer(self):
        """Ask whom to give it to, and offer it to him."""
        return self._ask("offer", self.env._("Give to Somebody"))

    def _give_to(self, user):
        """Offer the tasks to ``user``; for whoever directs them, also before they were accepted."""
        for task in self:
            if task.user_id == user:
                task._do("offer")
            else:
                task.write({"user_id": user.id})

    def action_open_complaint(self):
        """Open the complaint it is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint",
            "res_id": self.complaint_id.id,
            "view_mode": "form",
        }

    def _ask(self, deed, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "crm.complaint.task.ask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_task_id": self.id, "default_deed": deed},
        }

    def _do(self, deed, text=None, party=None, next_step=None):
        """Do something to these tasks.

        :param text: the reason, or the result where the work is done
        :param party: ``"system"`` where the process itself does it; by default the person at the
            screen, with the parts he plays in each of them
        :param next_step: the ``crm.complaint.step`` chosen to follow
        :raise AccessError: it is not for this person to do
        :raise UserError: the state does not allow it, something is missing, or the reason is
        """
        if party is None:
            self.check_access("read")
        before = {}
        # one after the other: two people must not do two things to one task at once
        self.lock_for_update()
        for task in self:
            parties = [party] if party else task._get_parties()
            try:
                result = judge(deed, task.state, parties, text)
            except DeedError as error:
                raise task._explain_refusal(error) from error
            # sudo: what the facts are does not depend on who looks
            judged = task.sudo()
            if deed == "finish" and party != "system":
                judged._check_finish(next_step)
            before[task] = task.state
            # sudo: who does it was checked above; he need not have the right to edit the task
            judged._write_fact(
                {"state": result, **task._prepare_deed(deed, text, party, next_step)}
            )
        self._log(deed, before, text)
        # sudo: clocks, to-dos and the case belong to others
        self.sudo()._follow_deed(deed)

    def _prepare_deed(self, deed, text, party, next_step):
        """Return what a deed notes besides the state."""
        self.ensure_one()
        now, values = fields.Datetime.now(), {}
        if text:
            values["result" if deed == "finish" else "reason"] = text.strip()
        if deed == "accept":
            values["date_accepted"] = now
            if not self.user_id and party != "system":
                values["user_id"] = self.env.uid
        elif deed == "start":
            values["date_started"] = now
        elif deed == "finish":
            values |= {"date_done": now, "date_started": self.date_started or now}
            values["next_step_id"] = next_step.id if next_step else False
        elif deed == "return":
            values["date_done"] = False
        elif deed == "offer":
            values |= {"date_accepted": False, "date_started": False, "date": now}
            if self.work_policy_id and self.date_accepted:
                values["date_deadline"] = False  # the time counts anew from the next acceptance
        return values

    def _explain_refusal(self, error):
        """Return what the person reads whose deed is refused."""
        self.ensure_one()
        # sudo: the names of those concerned are the way out
        task = self.sudo()
        if error.cause == "party":
            return AccessError(
                self.env._(
                    "“%(task)s” is in the hands of %(receiver)s, and %(controller)s checks it: it"
                    " is for them to do this.",
                    task=task.name,
                    receiver=task.user_id.name or self.env._("nobody"),
                    controller=task.controller_id.name or self.env._("nobody"),
                )
            )
        if error.cause == "reason":
            return UserError(self.env._("Say why, so that the other side can act on it."))
        return UserError(
            self.env._(
                "“%(task)s” is in the state “%(state)s” and does not allow that. Reload the page:"
                " somebody may have been quicker.",
                task=task.name,
                state=self._get_state_name(),
            )
        )

    def _get_state_name(self):
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        # sudo: the state of what somebody wants to do something to is no secret
        return states[self.sudo().state]

    def _log(self, deed, before, text=None):
        """Append a line for each task to the log that nobody can change.

        :param before: the state of each task before the deed
        """
        log = self.env["crm.complaint.task.event"]
        way = way_of(self.env)
        # sudo: the log is written by the system, with its own words
        log.with_env(self.env(su=True, context={}))._sealed_create(
            [
                {
                    "task_id": task.id,
                    "date": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "way": way,
                    "deed": deed,
                    "state_from": before.get(task),
                    "state_to": task.state,
                    "receiver_id": task.user_id.id,
                    "reason": text,
                }
                for task in self.sudo()  # sudo: as above
            ]
        )

    @api.model
    def _get_open_counts(self, user_ids):
        """Return how many tasks each of these people has in his hands, by the id of the person."""
        # sudo: how busy people are, not with what
        counts = self.sudo()._read_group(
            [
                ("user_id", "in", list(user_ids)),
                ("state", "in", ["offered", "accepted", "started", "returned"]),
            ],
            ["user_id"],
            ["__count"],
        )
        return {user.id: count for user, count in counts}
