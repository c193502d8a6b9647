from odoo import fields, models

from .crm_standard_assignment import STATES

DEEDS = [
    ("offer", "Offered"),
    ("accept", "Accepted"),
    ("decline", "Declined"),
    ("finish", "Done"),
    ("check", "Checked"),
    ("return", "Returned"),
    ("cancel", "Cancelled"),
]


class CrmStandardAssignmentEvent(models.Model):
    """What was done to an assignment: by whom, when, why. For ever."""

    _name = "crm.standard.assignment.event"
    _description = "Log of an Assignment"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "deed"

    assignment_id = fields.Many2one(
        "crm.standard.assignment", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    date = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True)
    deed = fields.Selection(DEEDS, required=True, readonly=True)
    state_from = fields.Selection(STATES, string="State before", readonly=True)
    state_to = fields.Selection(STATES, string="State after", required=True, readonly=True)
    receiver_id = fields.Many2one("res.users", string="Assignee then", readonly=True)
    reason = fields.Text(readonly=True)
