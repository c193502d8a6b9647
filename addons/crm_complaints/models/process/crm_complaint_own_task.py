from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic.task import IN_HANDS
from .crm_complaint_task import STATES


class CrmComplaint(models.Model):
    """The step of a case that is in the hands of whoever looks at it, done from the case itself."""

    _inherit = "crm.complaint"

    own_task_state = fields.Selection(
        STATES,
        compute="_compute_own_task_state",
        help="How far the viewer's own step of this case is; empty where none waits for him.",
    )

    @api.depends("task_ids.state", "task_ids.user_id")
    @api.depends_context("uid")
    def _compute_own_task_state(self):
        for complaint in self:
            complaint.own_task_state = complaint._get_own_task().state

    def _get_own_task(self):
        """Return the step in the viewer's hands; the most urgent one where there are several."""
        self.ensure_one()
        own = self.task_ids.filtered(
            lambda task: task.step_id and task.user_id == self.env.user and task.state in IN_HANDS
        )
        return own[:1]

    def action_accept_task(self):
        """Accept the step that was offered to the viewer."""
        self._require_own_task().action_accept()

    def action_finish_task(self):
        """Ask for the result of the viewer's step, and what follows."""
        return self._require_own_task().action_finish()

    def _require_own_task(self):
        self.ensure_one()
        self.check_access("read")
        if task := self._get_own_task():
            return task
        raise UserError(
            self.env._(
                "No step of “%(complaint)s” waits for you any more. Reload the page: somebody may"
                " have been quicker.",
                complaint=self.display_name,
            )
        )
