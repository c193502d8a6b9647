from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmComplaintTask(models.Model):
    """What is missing to finish a task: said before the click, and enforced after it."""

    _inherit = "crm.complaint.task"

    missing = fields.Text(
        "Still Missing",
        compute="_compute_missing",
        help="What has to be filled in or ticked before the task can be finished.",
    )
    follows = fields.Char("What Follows", compute="_compute_follows")

    @api.depends("step_id", "complaint_id", "check_ids.is_done", "state")
    @api.depends_context("lang")
    def _compute_missing(self):
        # sudo: who does the task is told what is missing, whatever he may read of the complaint
        for task in self.sudo():
            own = self.browse(task.id) if task.id else task
            own.missing = ", ".join(task._get_missing()) or False

    @api.depends("step_id", "complaint_id")
    @api.depends_context("lang")
    def _compute_follows(self):
        for task in self:
            # sudo: what a process asks for is no secret
            step = task.sudo().step_id
            joint = self.env._(" and ") if step.is_split else self.env._(" or ")
            task.follows = joint.join(step.next_step_ids.mapped("name")) or False

    def _get_missing(self):
        """Hook: return what is missing to finish this task, as short texts (in sudo)."""
        self.ensure_one()
        complaint = self.complaint_id
        fields_missing = [
            need._get_label()
            for need in self.step_id.need_ids
            if need._is_there() and not complaint[need.field_name]
        ]
        checks = self.check_ids.filtered(lambda check: check.is_required and not check.is_done)
        return [*fields_missing, *checks.mapped("name")]

    def _check_finish(self, next_step):
        """Refuse to finish what is not complete, or without a choice that has to be made.

        :raise UserError: and what is to be done about it
        """
        self.ensure_one()
        if missing := self._get_missing():
            raise UserError(
                self.env._(
                    "“%(task)s” cannot be finished yet. Fill in or tick: %(missing)s.",
                    task=self.name,
                    missing=", ".join(missing),
                )
            )
        following = self.step_id.next_step_ids
        if next_step and next_step not in following:
            raise UserError(
                self.env._(
                    "“%(next)s” does not follow “%(task)s” by the process. Choose one of:"
                    " %(ways)s.",
                    next=next_step.name,
                    task=self.name,
                    ways=", ".join(following.mapped("name")),
                )
            )
        if not next_step and len(following) > 1 and not self.step_id.is_split:
            raise UserError(
                self.env._(
                    "Choose what follows “%(task)s”: %(ways)s.",
                    task=self.name,
                    ways=", ".join(following.mapped("name")),
                )
            )

    def _get_hint(self):
        """Return the task in a line: what, in whose hands, and what is missing."""
        self.ensure_one()
        values = {
            "task": self.name,
            "state": self._get_state_name(),
            # sudo: who works on a case is no secret to whoever sees it
            "person": self.sudo().user_id.name or self.env._("nobody"),
            "missing": self.missing,
        }
        if self.missing:
            return self.env._("%(task)s: %(state)s, %(person)s. To do: %(missing)s", **values)
        return self.env._("%(task)s: %(state)s, %(person)s", **values)
