from odoo import fields, models

from ...way import WAYS
from .crm_complaint_stage import KINDS


class CrmComplaintMove(models.Model):
    """The log of stages: every move of every complaint, for ever, with its date and author.

    Written by the complaint only (``crm_complaint_moves.py``). The registration is its first line.
    """

    _name = "crm.complaint.move"
    _description = "Move of a Complaint"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "stage_to_id"

    date = fields.Datetime(required=True, readonly=True, index=True)
    stage_from_id = fields.Many2one(
        "crm.complaint.stage", "From", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    stage_to_id = fields.Many2one(
        "crm.complaint.stage", "To", required=True, readonly=True, ondelete="restrict", index=True
    )
    state_from = fields.Selection(
        KINDS, "Meaning Before", readonly=True, help="What the stage meant at that time."
    )
    state_to = fields.Selection(
        KINDS, "Meaning", required=True, readonly=True, help="What the stage meant at that time."
    )
    user_id = fields.Many2one(
        "res.users", "Done by", required=True, readonly=True, ondelete="restrict"
    )
    way = fields.Selection(WAYS, "Came by", required=True, readonly=True)
