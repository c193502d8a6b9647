from odoo import fields, models


class CrmComplaintConsentEntry(models.TransientModel):
    """What a customer said to our answer by phone, by mail or in person, entered by a clerk."""

    _name = "crm.complaint.consent.entry"
    _description = "Enter a Reply"

    complaint_id = fields.Many2one("crm.complaint", required=True, ondelete="cascade")
    reply = fields.Selection(
        [("accepted", "Accepts the answer"), ("contested", "Contests the answer")],
        "The Customer",
        required=True,
    )
    comment = fields.Text(help="In the customer's words. A contested answer needs them.")

    def action_record(self):
        """Record the reply for good."""
        self.ensure_one()
        self.complaint_id.check_access("write")
        # sudo: the reply is sealed and written by its owner
        complaint = self.complaint_id.sudo()
        complaint._take_consent(self.reply == "accepted", self.comment or "", complaint.partner_id)
        return {"type": "ir.actions.act_window_close"}
