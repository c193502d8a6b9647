from odoo import fields, models


class CrmComplaintReply(models.TransientModel):
    """Asks what the complainant said to our answer, by phone or letter."""

    _name = "crm.complaint.reply"
    _description = "Reply of the Complainant"

    complaint_id = fields.Many2one(
        "crm.complaint", required=True, readonly=True, ondelete="cascade"
    )
    reply = fields.Selection(
        [("accepted", "Accepts the answer"), ("contested", "Does not accept it")], required=True
    )
    comment = fields.Text("Words", help="In the complainant's words.")

    def action_record(self):
        """Put it on record, with the rights the person has on the complaint."""
        self.ensure_one()
        # as the user sees it: a link proves no right
        complaint = self.env["crm.complaint"].browse(self.complaint_id.id)
        complaint._record_reply(self.reply == "accepted", self.comment)
        return {"type": "ir.actions.act_window_close"}
