from odoo import fields, models


class CrmComplaintDeviate(models.TransientModel):
    """Asks where a case shall go past its process, and why."""

    _name = "crm.complaint.deviate"
    _description = "Deviate from the Process"

    complaint_id = fields.Many2one("crm.complaint", required=True, ondelete="cascade")
    team_id = fields.Many2one(related="complaint_id.team_id")
    stage_id = fields.Many2one(
        "crm.complaint.stage",
        "To",
        required=True,
        ondelete="cascade",
        domain="['|', ('team_ids', '=', False), ('team_ids', 'in', team_id)]",
    )
    hint = fields.Text("Under Way", related="complaint_id.process_hint")
    reason = fields.Text(required=True, help="Kept for ever, with your name.")

    def action_do(self):
        """Move the case; whose right it is, is checked on the complaint."""
        self.ensure_one()
        self.complaint_id._deviate(self.stage_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
