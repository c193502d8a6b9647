from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import process as logic
from ...logic.task import IN_HANDS
from .at_work import by_process


class CrmComplaint(models.Model):
    """How a case goes through its process: steps begin by themselves, the stage follows them."""

    _inherit = "crm.complaint"

    process_id = fields.Many2one(
        "crm.complaint.process",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The version by which the case is handled, from its registration to its end.",
    )
    task_ids = fields.One2many("crm.complaint.task", "complaint_id", "Tasks", readonly=True)
    open_task_ids = fields.One2many(
        "crm.complaint.task",
        "complaint_id",
        "In Work",
        readonly=True,
        domain=[("is_open", "=", True)],
    )
    shared_task_ids = fields.One2many(
        "crm.complaint.task",
        "complaint_id",
        readonly=True,
        domain=[("state", "not in", ["refused", "cancelled"])],
        help="Clerks who have one of them see the complaint, of whichever team it is.",
    )
    deviation_ids = fields.One2many(
        "crm.complaint.deviation", "complaint_id", "Deviations", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        if any("process_id" in vals for vals in vals_list):
            raise self._facts_error({"process_id"})
        complaints = super().create(vals_list)
        complaints._start_process()
        return complaints

    # ---- beginning ------------------------------------------------------------------------

    def _start_process(self):
        """Let these new complaints go by the process that fits them; ended ones need none."""
        # sudo: who registers a complaint need not see how it is handled
        complaints = self.sudo().filtered(lambda complaint: not complaint.stage_id.is_closed)
        chosen = self.env["crm.complaint.process"]._choose(complaints)
        groups = complaints.filtered(lambda complaint: complaint.id in chosen)
        for process, group in groups.grouped(lambda complaint: chosen[complaint.id]).items():
            group._write_facts({"process_id": process.id})
            for stage, cases in group.grouped("stage_id").items():
                if step := process._get_step_for(stage):
                    cases._begin_steps(dict.fromkeys(cases, step))

    def _begin_steps(self, steps):
        """Put steps into the hands of whoever plays their role.

        :param steps: ``crm.complaint.step`` recordset by complaint, in sudo
        """
        tasks = self.env["crm.complaint.task"].sudo()  # sudo: the process gives them
        crew = self._get_crew(steps.values())
        vals_list = []
        for complaint, begun in steps.items():
            for step in begun:
                hands = complaint._choose_hands(step, crew)
                vals_list.append({**step._prepare_task(complaint), **hands})
                crew.take(hands["user_id"])
        return tasks._give(vals_list)

    def _get_crew(self, steps):
        """Return what is to be known about those who may get these steps."""
        roles = self.env["crm.complaint.role"].union(
            *(step.role_id | step.check_role_id for step in steps)
        )
        named = self.env["res.users"].union(*(role._get_members() for role in roles))
        return roles._get_crew(named | self.user_id | self.team_id.user_id)

    def _choose_hands(self, step, crew):
        """Return who does a step and who checks it, as values of a task."""
        self.ensure_one()
        nobody = self.env["res.users"]
        without = self._get_helpers().ids if step.is_fresh else ()
        role, check_role = step.role_id, step.check_role_id
        person = role._choose_person(self, crew, without) if role else nobody
        checker = check_role._choose_person(self, crew, person.ids) if check_role else nobody
        return {"user_id": person.id, "controller_id": checker.id}

    def _get_helpers(self):
        """Return who has done a step of this case already."""
        self.ensure_one()
        return self.task_ids.filtered(lambda task: task.date_done and task.step_id).user_id

    # ---- going on -------------------------------------------------------------------------

    def _continue_process(self, over):
        """Begin what follows the tasks that are over, where nothing under way can come to it.

        :param over: ``crm.complaint.task`` of these complaints (in sudo)
        """
        steps = over.filtered("step_id")
        steps.complaint_id._claim()
        for task in steps:
            complaint, step = task.complaint_id, task.step_id
            following = step.next_step_ids
            if not step.is_split and len(following) > 1:
                following = task.next_step_id
            complaint._await_steps(following)
            complaint._release_steps()

    def _claim(self):
        """Make sure that nobody else lets these cases go on at the same time.

        Two departments that finish at once would each see the other still at work, and what
        waits for both would never begin. A new version of the row, not a mere lock, makes the
        second of them fail and be repeated by the framework, seeing what the first has done.
        """
        if self:
            self.env.execute_query(
                SQL("UPDATE crm_complaint SET id = id WHERE id = ANY(%s) RETURNING id", self.ids)
            )

    def _await_steps(self, steps):
        """Note that these steps were reached; each waits once, from however many sides."""
        self.ensure_one()
        under_way = self._get_steps_under_way().step_id
        tasks = self.env["crm.complaint.task"].sudo()  # sudo: the process gives them
        tasks._give(
            [{**step._prepare_task(self), "state": "waiting"} for step in steps - under_way]
        )

    def _release_steps(self):
        """Let begin what waits for nobody any more, and let the stage follow."""
        self.ensure_one()
        under_way = self._get_steps_under_way()
        waiting = under_way.filtered(lambda task: task.state == "waiting")
        if not waiting:
            return
        working = under_way - waiting
        free = logic.released(
            self.process_id._get_graph(), waiting.step_id.ids, working.step_id.ids
        )
        begun = waiting.filtered(lambda task: task.step_id.id in free)
        with by_process():
            for task in begun:
                task._begin()
            self._follow_steps((working | begun).step_id)

    def _get_steps_under_way(self):
        """Return the tasks that do steps and are not over."""
        return self.task_ids.filtered(lambda task: task.step_id and task.is_open)

    def _follow_steps(self, steps):
        """Bring the case to the stage of the first of the steps in work."""
        self.ensure_one()
        stage = steps.sorted(lambda step: (step.sequence, step.id))[:1].stage_id
        if stage and stage != self.stage_id:
            self.write({"stage_id": stage.id})

    # ---- what else happens to a case ------------------------------------------------------

    def write(self, vals):
        responsible = {complaint.id: complaint.user_id for complaint in self}
        result = super().write(vals)
        if "user_id" in vals:
            changed = self.filtered(
                lambda complaint: complaint.user_id != responsible[complaint.id]
            )
            # sudo: tasks of others
            changed.sudo()._pass_on_steps()
        return result

    def _pass_on_steps(self):
        """Give the steps of whoever is responsible to the new one."""
        steps = self.task_ids.filtered(
            lambda task: (
                task.step_id.role_id.kind == "responsible"
                and task.state in IN_HANDS | {"refused"}
                and task.user_id != task.complaint_id.user_id
            )
        )
        for person, tasks in steps.grouped(lambda task: task.complaint_id.user_id).items():
            tasks._pass_to(person)

    def _follow_moves(self, now):
        """Leave nothing to do on what has ended."""
        result = super()._follow_moves(now)
        ended = self.filtered(lambda complaint: complaint.stage_id.is_closed)
        tasks = ended.task_ids.filtered("is_open")
        tasks._do("cancel", self.env._("The complaint has ended."), party="system")
        return result

    def _filter_let_in(self, users):
        """Return those of ``users`` who may see this complaint by its secrecy (in sudo)."""
        self.ensure_one()
        users = users - self.hidden_user_ids
        if not self.is_confidential:
            return users
        named = self.user_id | self.confidant_ids
        return users.filtered(
            lambda user: user in named or user.has_group("crm_complaints.group_manager")
        )

    def _shut_out_hidden(self):
        """Take tasks from those who must not see the complaint any more."""
        result = super()._shut_out_hidden()
        # sudo: tasks of others
        for complaint in self.sudo():
            tasks = complaint.task_ids.filtered("is_open")
            people = tasks.user_id | tasks.controller_id
            if shut_out := people - complaint._filter_let_in(people):
                tasks._take_from(shut_out)
        return result
