from odoo import api, fields, models


class CrmComplaint(models.Model):
    """What the form says about the process before anybody clicks."""

    _inherit = "crm.complaint"

    task_count = fields.Integer("Open Tasks", compute="_compute_task_count")
    process_map = fields.Json(compute="_compute_process_map")
    process_hint = fields.Text("Next", compute="_compute_process_hint")

    @api.depends("task_ids.is_open")
    @api.depends_context("uid")
    def _compute_task_count(self):
        counts = dict(
            self.env["crm.complaint.task"]._read_group(
                [("complaint_id", "in", self.ids), ("is_open", "=", True)],
                ["complaint_id"],
                ["__count"],
            )
        )
        for complaint in self:
            complaint.task_count = counts.get(complaint._origin, 0)

    @api.depends("process_id", "task_ids.state")
    @api.depends_context("lang")
    def _compute_process_map(self):
        for complaint in self:
            # sudo: what a process asks for is no secret
            process_map = complaint.sudo().process_id.map
            tasks = complaint.task_ids.filtered("step_id")
            complaint.process_map = process_map and {
                **process_map,
                "done": tasks.filtered(lambda task: not task.is_open).step_id.ids,
                "working": tasks.filtered("is_open").step_id.ids,
            }

    @api.depends("task_ids.state", "task_ids.user_id")
    @api.depends_context("lang")
    def _compute_process_hint(self):
        """Say in a line each what is under way, in whose hands, and what is missing."""
        for complaint in self:
            lines = [task._get_hint() for task in complaint.open_task_ids if task.step_id]
            complaint.process_hint = "\n".join(lines) or False

    def action_tasks(self):
        """Open the tasks of this complaint."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_complaints.crm_complaint_task_action"
        )
        return {
            **action,
            "domain": [("complaint_id", "=", self.id)],
            "context": {"default_complaint_id": self.id},
        }

    def action_order(self):
        """Give an order about this complaint."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give an Order"),
            "res_model": "crm.complaint.task",
            "view_mode": "form",
            "view_id": self.env.ref("crm_complaints.crm_complaint_task_view_form_order").id,
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }
