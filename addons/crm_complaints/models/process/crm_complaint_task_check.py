from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...logic.task import IN_HANDS


class CrmComplaintTaskCheck(models.Model):
    """A point on the checklist of a task, ticked by whoever does the task, with who and when."""

    _name = "crm.complaint.task.check"
    _description = "Checklist of a Task"
    _inherit = ["crm.complaint.task.part"]
    _order = "id"

    name = fields.Char(required=True)
    is_required = fields.Boolean("Must Be Ticked", default=True, readonly=True)
    is_done = fields.Boolean("Done")
    user_id = fields.Many2one("res.users", "Ticked by", readonly=True, ondelete="restrict")
    date = fields.Datetime("Ticked on", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The checklist comes from the step of the process."))
        return super().create(vals_list)

    def write(self, vals):
        """Tick or untick, with who and when; nothing else about a point can change."""
        if vals.keys() - {"is_done"}:
            raise AccessError(self.env._("A point on a checklist can only be ticked."))
        for check in self:
            if "receiver" not in check.task_id._get_parties():
                raise AccessError(
                    self.env._("“%(check)s” is ticked by whoever does the task.", check=check.name)
                )
            if check.task_id.state not in IN_HANDS:
                raise UserError(
                    self.env._("“%(task)s” is not in work any more.", task=check.task_id.name)
                )
        done = bool(vals.get("is_done"))
        return super().write(
            {
                "is_done": done,
                "user_id": done and self.env.uid,
                "date": done and fields.Datetime.now(),
            }
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Points on a checklist are kept with their task."))
