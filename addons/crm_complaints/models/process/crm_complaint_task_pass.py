from odoo import fields, models


class CrmComplaintTask(models.Model):
    """How the process itself puts tasks into hands, and takes them from there (all in sudo)."""

    _inherit = "crm.complaint.task"

    def _begin(self):
        """Begin a step that has waited: put it into somebody's hands. An end is done at once."""
        self.ensure_one()
        if self.step_id.is_end:
            self._write_fact({"state": "done", "date_done": fields.Datetime.now()})
            self._log("finish", {self: "waiting"})
            return
        complaint = self.complaint_id
        crew = complaint._get_crew([self.step_id])
        self._write_fact(complaint._choose_hands(self.step_id, crew))
        self._do("offer", party="system")

    def _finish_for(self, step):
        """Finish the task for whoever has it, because the case went on to ``step``."""
        self.ensure_one()
        if self.state == "offered":
            self._do("accept", party="system")
        self._do("finish", party="system", next_step=step)
        if self.state == "done" and self.controller_id:
            self._do("check", party="system")

    def _pass_to(self, person):
        """Offer the tasks to ``person`` (may be nobody); whoever then checks is somebody else."""
        for task in self:
            vals = {"user_id": person.id}
            if person and task.controller_id == person:
                vals["controller_id"] = task._choose_checker(person).id
            task._write_fact(vals)
        self._do("offer", party="system")

    def _take_from(self, people):
        """Take the tasks from people who must not see their complaint any more."""
        for task in self:
            if task.controller_id in people:
                task._write_fact({"controller_id": task._choose_checker(people).id})
            if task.user_id not in people:
                continue
            complaint, step = task.complaint_id, task.step_id
            crew = complaint._get_crew([step]) if step else None
            hands = complaint._choose_hands(step, crew) if step else {}
            chosen = self.env["res.users"].browse(hands.get("user_id") or ())
            if task.state == "waiting":
                task._write_fact({"user_id": chosen.id})
            elif task.state != "done":
                task._pass_to(chosen)

    def _choose_checker(self, without):
        """Return who checks the task instead; maybe nobody."""
        self.ensure_one()
        role = self.step_id.check_role_id
        people = without | self.user_id
        if not role:
            return people.browse()
        crew = self.complaint_id._get_crew([self.step_id])
        return role._choose_person(self.complaint_id, crew, people.ids)
