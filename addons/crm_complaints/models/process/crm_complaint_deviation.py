from odoo import fields, models

from ...way import WAYS


class CrmComplaintDeviation(models.Model):
    """A case that left its process: from where to where, by whom and why. For ever.

    A person says why before; what mail, the portal or another part of the system did past the
    process is noted without a reason.
    """

    _name = "crm.complaint.deviation"
    _description = "Deviation from the Process"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "stage_to_id"

    date = fields.Datetime(required=True, readonly=True, index=True)
    process_id = fields.Many2one(
        "crm.complaint.process", required=True, readonly=True, index=True, ondelete="restrict"
    )
    stage_from_id = fields.Many2one(
        "crm.complaint.stage", "From", required=True, readonly=True, ondelete="restrict"
    )
    stage_to_id = fields.Many2one(
        "crm.complaint.stage", "To", required=True, readonly=True, ondelete="restrict"
    )
    left_undone = fields.Text(readonly=True, help="Tasks that were under way, and in whose hands.")
    user_id = fields.Many2one(
        "res.users", "Done by", required=True, readonly=True, index=True, ondelete="restrict"
    )
    way = fields.Selection(WAYS, "Came by", required=True, readonly=True)
    reason = fields.Text(readonly=True)
