from odoo import fields, models


class CrmComplaintMerge(models.Model):
    """The deed of a merge: which complaint went into which, why, and what it took along.

    By it a merge can be undone; that is on record, too. Written by the complaint only
    (``crm_complaint_merging.py``).
    """

    _name = "crm.complaint.merge"
    _description = "Merge of Complaints"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "survivor_id"

    survivor_id = fields.Many2one(
        "crm.complaint", "Merged into", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Done by", required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    stage_id = fields.Many2one(
        "crm.complaint.stage", "Stage Before", required=True, readonly=True, ondelete="restrict"
    )
    moved = fields.Json(readonly=True, help="Ids of what moved, by model: messages, files, tasks.")
    date_undone = fields.Datetime("Undone", readonly=True)
    undone_user_id = fields.Many2one("res.users", "Undone by", readonly=True)
