from odoo import api, fields, models
from odoo.fields import Domain


class CrmComplaintTaskPart(models.AbstractModel):
    """What belongs to a task: seen by whoever sees the task, and by nobody else."""

    _name = "crm.complaint.task.part"
    _description = "Part of a Task"

    task_id = fields.Many2one("crm.complaint.task", required=True, index=True, ondelete="cascade")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            tasks = self.env["crm.complaint.task"]._search([])
            domain = Domain(domain) & Domain("task_id", "in", tasks)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or not any(self._ids):
            return result
        # sudo: only to learn which task each part belongs to, whose own check then decides
        tasks = self.sudo().task_id.sudo(False)
        refused = tasks._check_access("read")
        if not refused:
            return None
        # sudo: as above
        forbidden = self.filtered(lambda part: part.sudo().task_id in refused[0])
        forbidden.invalidate_recordset(["task_id"])
        return forbidden, refused[1]
