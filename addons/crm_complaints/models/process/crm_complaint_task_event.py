from odoo import fields, models

from ...way import WAYS
from .crm_complaint_task import STATES

DEEDS = [
    ("await", "Waits for Others"),
    ("offer", "Offered"),
    ("accept", "Accepted"),
    ("start", "Started"),
    ("refuse", "Refused"),
    ("finish", "Done"),
    ("check", "Checked"),
    ("return", "Returned"),
    ("cancel", "Cancelled"),
]


class CrmComplaintTaskEvent(models.Model):
    """What was done to a task: by whom, when, why. For ever."""

    _name = "crm.complaint.task.event"
    _description = "Log of a Task"
    _inherit = ["crm.complaint.task.part", "crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "deed"

    date = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    way = fields.Selection(WAYS, "Came by", required=True, readonly=True)
    deed = fields.Selection(DEEDS, required=True, readonly=True)
    state_from = fields.Selection(STATES, "State Before", readonly=True)
    state_to = fields.Selection(STATES, "State After", required=True, readonly=True)
    receiver_id = fields.Many2one(
        "res.users", "In the Hands of", readonly=True, ondelete="restrict"
    )
    reason = fields.Text(readonly=True, help="Why, or with what result.")
