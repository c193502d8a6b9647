from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...logic import process as logic
from ...way import PERSON, way_of
from .at_work import by_process, is_at_work


class CrmComplaint(models.Model):
    """A case moves between stages as its process allows, or by a deviation that is recorded.

    Moving a case to a stage that follows means finishing the step before. People are refused
    anything else, with what is missing and the way out. Mail, the portal and jobs are not: nobody
    would read the refusal, and a message must not get lost; the process then follows them, and
    the deviation is on record.
    """

    _inherit = "crm.complaint"

    def write(self, vals):
        if "process_id" in vals:
            raise self._facts_error({"process_id"})
        if not vals.get("stage_id") or is_at_work():
            return super().write(vals)
        stage = self.env["crm.complaint.stage"].browse(vals["stage_id"])
        # sudo: everybody's moves are judged, whatever one may read
        bound = self.sudo().filtered(lambda c: c.process_id and c.stage_id != stage).sudo(False)
        if not bound:
            return super().write(vals)
        self.check_access("write")
        # what a step asks for may come together with the move
        super().write({name: value for name, value in vals.items() if name != "stage_id"})
        strayed = bound.filtered(lambda complaint: not complaint._go_to(stage))
        result = super().write({"stage_id": stage.id})
        # sudo: tasks of others
        strayed.sudo()._follow_stage()
        return result

    def _go_to(self, stage):
        """Go on in the process so that the case comes to ``stage``.

        :return: False if the process has to follow the move, whatever it thinks of it
        :raise UserError: a person wants to go where the process does not lead now
        """
        self.ensure_one()
        # sudo: what is under way does not depend on who looks
        complaint = self.sudo()
        tasks = complaint._get_steps_under_way()
        if complaint._is_free_to(stage, tasks):
            return bool(tasks) and stage not in complaint.process_id.exit_stage_ids
        graph = complaint.process_id._get_graph()
        key = logic.step_to(graph, tasks.step_id.ids, stage.id)
        step = self.env["crm.complaint.step"].sudo().browse(key or ())  # sudo: as above
        if way_of(self.env) != PERSON:
            if step and tasks.state in ("offered", "accepted", "started", "returned"):
                tasks._finish_for(step)
            else:
                complaint._seal_deviation(stage)
                return False
        elif not step:
            raise self._explain_detour(stage, tasks)
        else:
            self._finish_by_hand(tasks, step)
        return True

    def _is_free_to(self, stage, tasks):
        """Hook: tell whether the case may go to ``stage`` without anything being finished."""
        self.ensure_one()
        if (
            stage.kind == "waiting"
            or stage in tasks.step_id.stage_id | self.process_id.exit_stage_ids
        ):
            return True
        if tasks:
            return False
        ends = self.process_id.step_ids.filtered(lambda step: step.stage_id == self.stage_id)
        return not self.stage_id.is_closed or stage in ends.next_step_ids.stage_id

    def _finish_by_hand(self, tasks, step):
        """Finish the only step in work, as whoever moves the case, so that ``step`` follows."""
        task = tasks.sudo(False)
        if tasks.state == "offered":
            task._do("accept")
        if tasks.state != "done":
            task._do("finish", next_step=step)
        if tasks.is_open:
            raise UserError(
                self.env._(
                    "“%(task)s” is checked by %(controller)s first; then the case goes on by"
                    " itself.",
                    task=tasks.name,
                    controller=tasks.controller_id.name,
                )
            )

    def _explain_detour(self, stage, tasks):
        """Return what a person reads who moves a case where the process does not lead now."""
        self.ensure_one()
        nobody = self.env._("nobody")
        under_way = ", ".join(f"{t.name} ({t.user_id.name or nobody})" for t in tasks)
        return UserError(
            self.env._(
                "“%(complaint)s” cannot go to “%(stage)s” now.\nUnder way: %(tasks)s\nWhat follows"
                " by the process: %(ways)s\nFinish what is under way, or use “Deviate from the"
                " Process” and say why.",
                complaint=self.display_name,
                stage=stage.name,
                tasks=under_way or nobody,
                ways=", ".join(tasks.step_id.next_step_ids.mapped("name")) or "-",
            )
        )

    def _follow_stage(self):
        """Let the process go on from the stage the case was brought to (in sudo).

        A stage that no step of the process has changes nobody's work.
        """
        for complaint in self.filtered(lambda complaint: not complaint.stage_id.is_closed):
            graph = complaint.process_id._get_graph()
            key = logic.step_of_stage(graph.values(), complaint.stage_id.id)
            step = self.env["crm.complaint.step"].browse(key or ())
            if not step:
                continue
            tasks = complaint._get_steps_under_way()
            fitting = tasks.filtered(lambda task, s=step: task.step_id.stage_id == s.stage_id)
            reason = self.env._("The case went past this step.")
            (tasks - fitting)._do("cancel", reason, party="system")
            if not fitting:
                with by_process():
                    complaint._begin_steps({complaint: step})

    # ---- deviations -----------------------------------------------------------------------

    def action_deviate(self):
        """Ask where the case shall go past its process, and why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deviate from the Process"),
            "res_model": "crm.complaint.deviate",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def _deviate(self, stage, reason):
        """Move the case to ``stage`` past its process, and record who did it and why.

        :raise AccessError: not this person's to decide
        :raise UserError: the reason is missing
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: the process is no secret, its deviations are written by the system
        complaint = self.sudo()
        if not complaint._may_deviate():
            raise AccessError(
                self.env._(
                    "“%(process)s” lets only %(people)s deviate. Ask one of them.",
                    process=complaint.process_id.name,
                    people=complaint._get_deviate_name(),
                )
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the case leaves its process."))
        complaint._seal_deviation(stage, reason.strip())
        with by_process(way_of(self.env)):
            self.write({"stage_id": stage.id})
        complaint._follow_stage()

    def _may_deviate(self):
        """Hook: tell whether the person at the screen may move the case past its process."""
        self.ensure_one()
        user, who = self.env.user, self.process_id.deviate_by
        if user.has_group("crm_complaints.group_manager") or not who or who == "user":
            return True
        return who == "leader" and user == self.team_id.user_id

    def _get_deviate_name(self):
        field = self.env["crm.complaint.process"]._fields["deviate_by"]
        return dict(field._description_selection(self.env))[self.process_id.deviate_by].lower()

    def _seal_deviation(self, stage, reason=False):
        """Record that the case goes to ``stage`` past its process."""
        self.ensure_one()
        tasks = self._get_steps_under_way()
        self.env["crm.complaint.deviation"].sudo()._sealed_create(  # sudo: the system writes it
            [
                {
                    "complaint_id": self.id,
                    "process_id": self.process_id.id,
                    "date": fields.Datetime.now(),
                    "stage_from_id": self.stage_id.id,
                    "stage_to_id": stage.id,
                    "left_undone": "\n".join(
                        f"{task.name}: {task.user_id.name or '-'}" for task in tasks
                    ),
                    "user_id": self.env.uid,
                    "way": way_of(self.env),
                    "reason": reason,
                }
            ]
        )
