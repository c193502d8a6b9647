from odoo import fields, models

DEEDS = [
    ("registered", "Made a complaint of it"),
    ("attached", "Added it to a complaint"),
    ("dismissed", "Dismissed it"),
    ("reopened", "Took it up again"),
]


class CrmComplaintQuarantineDeed(models.Model):
    """What somebody decided about a mail in quarantine, for ever."""

    _name = "crm.complaint.quarantine.deed"
    _description = "Decision about a Quarantined Mail"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "deed"

    quarantine_id = fields.Many2one(
        "crm.complaint.quarantine", required=True, readonly=True, index=True, ondelete="cascade"
    )
    deed = fields.Selection(DEEDS, "Decision", required=True, readonly=True)
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users", "Decided by", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, readonly=True)
