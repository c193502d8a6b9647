from odoo import fields, models
from odoo.exceptions import AccessError

from ..models.assignments.crm_standard_assignment_event import DEEDS


class CrmStandardAssignmentReason(models.TransientModel):
    """Asks why an assignment is declined, returned or cancelled."""

    _name = "crm.standard.assignment.reason"
    _description = "Reason of a Deed"

    assignment_ids = fields.Many2many("crm.standard.assignment", required=True)
    deed = fields.Selection(DEEDS, required=True)
    reason = fields.Text(required=True)

    def action_do(self):
        """Do it; whose right it is, is checked on the assignments."""
        self.ensure_one()
        if not self.assignment_ids:  # those out of one's reach are not among them
            raise AccessError(self.env._("You may not read any of these records."))
        self.assignment_ids._do(self.deed, self.reason)
        return {"type": "ir.actions.act_window_close"}
