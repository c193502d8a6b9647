from odoo.fields import Command

from .common import ComplaintsCase


class ProcessCase(ComplaintsCase):
    """The process of ISO 10002 in force, and a builder of others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process.active = True
        cls.steps = {
            name: cls.env.ref(f"crm_complaints.crm_complaint_step_{name}")
            for name in ("acknowledge", "assess", "investigate", "decide", "follow_up", "second")
        }
        cls.stage_assessed = cls.env.ref("crm_complaints.crm_complaint_stage_assessed")
        cls.stage_investigated = cls.env.ref("crm_complaints.crm_complaint_stage_investigated")

    @classmethod
    def make_process(cls, steps, **values):
        """Put a process in force before all others.

        :param steps: by name, in order: the stage, the role (or none) and the names of what
            follows; and further values of the step
        """
        process = cls.env["crm.complaint.process"].create(
            {"name": "Test Process", "sequence": 1, **values}
        )
        made = {
            name: cls.env["crm.complaint.step"].create(
                {
                    "process_id": process.id,
                    "name": name,
                    "sequence": number,
                    "stage_id": stage.id,
                    "role_id": role and role.id,
                    **more,
                }
            )
            for number, (name, (stage, role, _follows, more)) in enumerate(steps.items())
        }
        for name, (_stage, _role, follows, _more) in steps.items():
            made[name].next_step_ids = [Command.set([made[other].id for other in follows])]
        process.action_put_in_force()
        return process, made

    @classmethod
    def role(cls, *users, **values):
        return cls.env["crm.complaint.role"].create(
            {"name": "Test Role", "user_ids": [Command.set([u.id for u in users])], **values}
        )

    @classmethod
    def make_fork(cls):
        """Two departments at once, the second in two steps; then the clerk decides."""
        responsible = cls.env.ref("crm_complaints.crm_complaint_role_responsible")
        first, second = cls.role(cls.colleague), cls.role(cls.outsider)
        return cls.make_process(
            {
                "Sort": (cls.stage_received, responsible, ["Shop", "Look"], {"is_split": True}),
                "Shop": (cls.stage_acknowledged, first, ["Decide"], {}),
                "Look": (cls.stage_assessed, second, ["Repair"], {}),
                "Repair": (cls.stage_assessed, second, ["Decide"], {}),
                "Decide": (cls.stage_investigated, responsible, ["End"], {}),
                "End": (cls.stage_closed, None, [], {}),
            }
        )

    def task_of(self, complaint, step):
        """Return the latest task of a step."""
        tasks = complaint.task_ids.sorted("id")
        return tasks.filtered(lambda task: task.step_id == step)[-1:]

    def finish(self, task, user=None, **values):
        """Accept where needed, tick everything and finish, as whoever has the task."""
        task = task.with_user(user or task.user_id)
        if task.state == "offered":
            task.action_accept()
        task.check_ids.write({"is_done": True})
        task._do("finish", **values)
        return task.with_env(self.env)
