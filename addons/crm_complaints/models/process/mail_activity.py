from odoo import api, models
from odoo.exceptions import ValidationError


class MailActivity(models.Model):
    """Nobody gets an activity on a task of a complaint he must not see."""

    _inherit = "mail.activity"

    @api.constrains("user_id", "res_model_id", "res_id")
    def _check_complaint_task_hidden(self):
        activities = self.filtered(
            lambda activity: activity.res_model == "crm.complaint.task" and activity.user_id
        )
        # sudo: the answer must not depend on who plans
        tasks = self.env["crm.complaint.task"].sudo().browse(activities.mapped("res_id")).exists()
        complaints = {task.id: task.complaint_id for task in tasks}
        for activity in activities:
            complaint = complaints.get(activity.res_id)
            if complaint and not complaint._filter_let_in(activity.user_id):
                raise ValidationError(
                    self.env._(
                        "%(person)s must not see “%(complaint)s” and cannot get an activity on a"
                        " task of it. Choose somebody else.",
                        person=activity.user_id.name,
                        complaint=complaint.display_name,
                    )
                )
