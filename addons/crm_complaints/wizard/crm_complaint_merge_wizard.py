from odoo import api, fields, models


class CrmComplaintMergeWizard(models.TransientModel):
    """Shows what a merge does before it is done: which complaint goes on, and what stands against.

    It decides nothing: the complaints check who may do it, and whether it can be done.
    """

    _name = "crm.complaint.merge.wizard"
    _description = "Merge Complaints"

    complaint_ids = fields.Many2many("crm.complaint", string="Complaints", required=True)
    survivor_id = fields.Many2one(
        "crm.complaint",
        "Goes On",
        compute="_compute_survivor_id",
        help="The one received first: its deadlines count from the customer's first word.",
    )
    obstacle = fields.Text(compute="_compute_survivor_id")
    reason = fields.Char(
        required=True, default=lambda self: self.env._("The same case was written down twice")
    )

    @api.depends("complaint_ids")
    def _compute_survivor_id(self):
        for asked in self:
            complaints = asked.complaint_ids._origin
            asked.survivor_id = complaints._get_survivor()
            asked.obstacle = complaints._get_merge_obstacle()

    def action_merge(self):
        """Merge, and open the complaint that goes on."""
        self.ensure_one()
        survivor = self.complaint_ids._merge(self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint",
            "res_id": survivor.id,
            "views": [[False, "form"]],
            "view_mode": "form",
        }
