from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.process.crm_complaint_task_event import DEEDS


class CrmComplaintTaskAsk(models.TransientModel):
    """Asks what a deed needs: a result and what follows, a reason, or whose task it becomes."""

    _name = "crm.complaint.task.ask"
    _description = "Deed on a Task"

    task_id = fields.Many2one("crm.complaint.task", required=True, ondelete="cascade")
    deed = fields.Selection(DEEDS, required=True)
    text = fields.Text("Why")
    result = fields.Text()
    missing = fields.Text(related="task_id.missing")
    is_choice = fields.Boolean(compute="_compute_choice")
    choice_ids = fields.Many2many("crm.complaint.step", compute="_compute_choice")
    next_step_id = fields.Many2one(
        "crm.complaint.step",
        "What Follows",
        domain="[('id', 'in', choice_ids)]",
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users", "Give to", domain=[("share", "=", False)], ondelete="cascade"
    )

    @api.depends("task_id", "deed")
    def _compute_choice(self):
        for ask in self:
            # sudo: what a process asks for is no secret
            step = ask.task_id.sudo().step_id
            ask.choice_ids = step.next_step_ids
            several = len(step.next_step_ids) > 1 and not step.is_split
            ask.is_choice = ask.deed == "finish" and several

    def action_do(self):
        """Do it; whose right it is, is checked on the task."""
        self.ensure_one()
        if self.deed == "offer":
            if not self.user_id:
                raise UserError(self.env._("Say whose task it becomes."))
            self.task_id._give_to(self.user_id)
        else:
            text = self.result if self.deed == "finish" else self.text
            self.task_id._do(self.deed, text, next_step=self.next_step_id)
        return {"type": "ir.actions.act_window_close"}
